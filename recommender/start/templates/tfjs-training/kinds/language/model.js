// A small network on words: their meanings, what stands beside what, and the strongest of it.
import * as tf from "@tensorflow/tfjs";

// Return the network: texts as numbered words in, a number for each class out.
export function build({ shape, classes, words }) {
  const { conv1d, dense, embedding, globalMaxPooling1d, inputLayer } = tf.layers;
  return tf.sequential({ layers: [
    inputLayer({ inputShape: shape, dtype: "int32" }),
    embedding({ inputDim: words, outputDim: 32 }),
    conv1d({ filters: 64, kernelSize: 3, padding: "same", activation: "relu" }),
    globalMaxPooling1d(), dense({ units: classes }),
  ] });
}
