// A small network for tables.
import * as tf from "@tensorflow/tfjs";

// Return the network: rows in, a number for each class out.
export function build({ shape, classes }) {
  const { dense, inputLayer } = tf.layers;
  return tf.sequential({ layers: [
    inputLayer({ inputShape: shape }),
    dense({ units: 64, activation: "relu" }), dense({ units: 64, activation: "relu" }),
    dense({ units: classes }),
  ] });
}
