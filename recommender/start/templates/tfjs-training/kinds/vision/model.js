// A small convolutional network.
import * as tf from "@tensorflow/tfjs";

// Return the network: pictures in, a number for each class out.
export function build({ shape, classes }) {
  const { conv2d, dense, flatten, inputLayer, maxPooling2d, permute } = tf.layers;
  return tf.sequential({ layers: [
    inputLayer({ inputShape: shape }),
    permute({ dims: [2, 3, 1] }), // TensorFlow wants the channels last
    conv2d({ filters: 8, kernelSize: 3, padding: "same", activation: "relu" }), maxPooling2d({ poolSize: 2 }),
    conv2d({ filters: 16, kernelSize: 3, padding: "same", activation: "relu" }), maxPooling2d({ poolSize: 2 }),
    flatten(), dense({ units: classes }),
  ] });
}
