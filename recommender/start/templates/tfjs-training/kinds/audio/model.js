// A small convolutional network on sound itself.
import * as tf from "@tensorflow/tfjs";

// Return the network: sounds in, a number for each class out.
export function build({ shape, classes }) {
  const { conv1d, dense, flatten, inputLayer, permute } = tf.layers;
  return tf.sequential({ layers: [
    inputLayer({ inputShape: shape }),
    permute({ dims: [2, 1] }), // TensorFlow wants the channels last
    conv1d({ filters: 16, kernelSize: 32, strides: 8, activation: "relu" }),
    conv1d({ filters: 32, kernelSize: 8, strides: 4, activation: "relu" }),
    conv1d({ filters: 32, kernelSize: 8, strides: 4, activation: "relu" }),
    flatten(), dense({ units: 32, activation: "relu" }), dense({ units: classes }),
  ] });
}
