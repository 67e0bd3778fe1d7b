// A small convolutional network over time.
import * as tf from "@tensorflow/tfjs";

// Return the network: readings (steps, sensors) in, a number for each class out.
export function build({ shape, classes }) {
  const { conv1d, dense, flatten, inputLayer, maxPooling1d } = tf.layers;
  return tf.sequential({ layers: [
    inputLayer({ inputShape: shape }),
    conv1d({ filters: 16, kernelSize: 5, padding: "same", activation: "relu" }), maxPooling1d({ poolSize: 2 }),
    conv1d({ filters: 32, kernelSize: 5, padding: "same", activation: "relu" }), maxPooling1d({ poolSize: 2 }),
    flatten(), dense({ units: classes }),
  ] });
}
