// TensorFlow.js on WebAssembly, which Node.js runs many times faster than the plain back end. A page has
// WebGL, and needs nothing of this file.
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";

// Two gradients that this back end lacks in 4.22, written as products of matrices: of a convolution's filters, ...
tf.registerKernel({
  kernelName: "Conv2DBackpropFilter",
  backendName: "wasm",
  kernelFunc: ({ inputs: { x, dy }, attrs: { strides, pad, filterShape, dimRoundingMode } }) => tf.tidy(() => {
    const [height, width, channels, filters] = filterShape;
    const { batchSize, outHeight, outWidth, strideHeight, strideWidth, padInfo } =
      tf.backend_util.computeConv2DInfo(x.shape, filterShape, strides, 1, pad, dimRoundingMode);
    const padded = tf.pad(x, [[0, 0], [padInfo.top, padInfo.bottom], [padInfo.left, padInfo.right], [0, 0]]);
    const seen = [];
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const last = [row + (outHeight - 1) * strideHeight + 1, column + (outWidth - 1) * strideWidth + 1];
        seen.push(tf.stridedSlice(
          padded, [0, row, column, 0], [batchSize, ...last, channels], [1, strideHeight, strideWidth, 1],
        ));
      }
    }
    const places = tf.reshape(tf.concat(seen, 3), [-1, height * width * channels]);
    return tf.reshape(tf.matMul(places, tf.reshape(dy, [-1, filters]), true), filterShape);
  }),
});

// ... and of what is looked up by its number, as words are.
tf.registerKernel({
  kernelName: "UnsortedSegmentSum",
  backendName: "wasm",
  kernelFunc: ({ inputs: { x, segmentIds }, attrs: { numSegments } }) => tf.tidy(() => {
    const chosen = tf.cast(tf.oneHot(tf.cast(tf.reshape(segmentIds, [-1]), "int32"), numSegments), "float32");
    const sums = tf.matMul(chosen, tf.reshape(x, [chosen.shape[0], -1]), true);
    return tf.reshape(sums, [numSegments, ...x.shape.slice(segmentIds.shape.length)]);
  }),
});

await tf.setBackend("wasm");
