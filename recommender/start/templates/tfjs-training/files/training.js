// Training, the same in a page and under Node.js.
import * as tf from "@tensorflow/tfjs";

// Load what train.py wrote; `read` gives the bytes of a file of out/data.
export async function load(read) {
  const about = JSON.parse(new TextDecoder().decode(await read("data.json")));
  const part = async (name) => {
    const inputs = new Float32Array(await read(`${name}.inputs`));
    const labels = new Int32Array(await read(`${name}.labels`));
    return {
      inputs: tf.tensor(inputs, [labels.length, ...about.shape]),
      labels: tf.oneHot(tf.tensor1d(labels, "int32"), about.classes),
    };
  };
  return { ...about, train: await part("train"), heldOut: await part("held-out") };
}

// Train for some epochs, or until the time is over, but one at least; `tell` hears of each epoch.
export async function train(model, { train, heldOut }, { epochs, seconds = Infinity, tell }) {
  model.compile({
    optimizer: tf.train.adam(2e-3),
    loss: (labels, logits) => tf.losses.softmaxCrossEntropy(labels, logits),
    metrics: ["accuracy"],
  });
  const began = performance.now();
  const passed = () => (performance.now() - began) / 1000;
  const curves = { loss: [], accuracy: [] };
  const measure = async (epoch) => {
    const [loss, accuracy] = model.evaluate(heldOut.inputs, heldOut.labels, { batchSize: 64 });
    curves.loss.push((await loss.data())[0]);
    curves.accuracy.push((await accuracy.data())[0]);
    tf.dispose([loss, accuracy]);
    tell(epoch, curves.loss.at(-1), curves.accuracy.at(-1));
  };
  await measure(0);
  for (let epoch = 1; epoch <= epochs && (epoch === 1 || passed() < seconds); epoch++) {
    await model.fit(train.inputs, train.labels, {
      batchSize: 64,
      verbose: 0,
      callbacks: { onBatchEnd: () => { model.stopTraining = epoch > 1 && passed() >= seconds; } },
    });
    await measure(epoch);
  }
  return { seconds: passed(), ...curves };
}
