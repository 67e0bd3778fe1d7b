// Load a trained network, and answer one line of JSON after another. In a page, `load` becomes
// tf.loadLayersModel("out/web/model.json").
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import * as tf from "@tensorflow/tfjs";
import "./wasm.js";

async function load(folder) {
  const { modelTopology, weightsManifest } = JSON.parse(readFileSync(`${folder}/model.json`, "utf8"));
  const weightSpecs = weightsManifest.flatMap((group) => group.weights);
  const weightData = new Uint8Array(readFileSync(`${folder}/weights.bin`)).buffer;
  return tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs, weightData }));
}

process.on("uncaughtException", (error) => {
  console.log(JSON.stringify({ error: error.message }));
  process.exitCode = 1;
});
const model = await load(process.argv[2]);
for await (const line of createInterface({ input: process.stdin })) {
  const { shape, values } = JSON.parse(line);
  const answer = model.predict(tf.tensor(values, shape));
  console.log(JSON.stringify({ shape: answer.shape, values: Array.from(await answer.data()) }));
}
