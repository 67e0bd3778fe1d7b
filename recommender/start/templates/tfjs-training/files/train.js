// Train under Node.js, and write the network as a page loads it, with what it answers.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs";
import "./wasm.js";
import { build } from "./model.js";
import { load, train } from "./training.js";

const [out, epochs, seconds] = process.argv.slice(2);
const read = (name) => new Uint8Array(readFileSync(`${out}/data/${name}`)).buffer;

const data = await load(read);
const model = build(data);
const metrics = await train(model, data, {
  epochs: Number(epochs),
  seconds: Number(seconds) || Infinity,
  tell: (epoch, loss, accuracy) =>
    console.log(`epoch ${epoch}/${epochs}: loss ${loss.toFixed(4)}, accuracy ${accuracy.toFixed(4)} on data held out`),
});
writeFileSync(`${out}/history.json`, JSON.stringify(metrics));

const compared = tf.tensor1d(new Float32Array(read("compared.inputs")));
const answers = model.predict(compared.reshape([-1, ...data.shape]));
writeFileSync(`${out}/answers.json`, JSON.stringify(await answers.array()));

mkdirSync(`${out}/web`, { recursive: true });
await model.save(tf.io.withSaveHandler(async ({ weightData, weightSpecs, ...about }) => {
  const weightsManifest = [{ paths: ["weights.bin"], weights: weightSpecs }];
  writeFileSync(`${out}/web/model.json`, JSON.stringify({ ...about, weightsManifest }));
  writeFileSync(`${out}/web/weights.bin`, new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData)));
  return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: "JSON" } };
}));
