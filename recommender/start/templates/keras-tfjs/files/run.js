// Load a converted network, and answer one line of JSON after another. In a page, the first lines
// become tf.loadGraphModel("web/model.json"), and the rest stays as it is.
const fs = require("fs");
const path = require("path");
const readline = require("readline");
const tf = require("@tensorflow/tfjs-core");
require("@tensorflow/tfjs-backend-cpu");
const { loadGraphModel } = require("@tensorflow/tfjs-converter");

async function main(folder) {
  const read = (name) => fs.readFileSync(path.join(folder, name));
  const { modelTopology, weightsManifest, format, signature } = JSON.parse(read("model.json"));
  const files = weightsManifest.flatMap((group) => group.paths.map(read));
  const model = await loadGraphModel({
    load: async () => ({
      modelTopology, format, signature,
      weightSpecs: weightsManifest.flatMap((group) => group.weights),
      weightData: new Uint8Array(Buffer.concat(files)).buffer,
    }),
  });
  const type = model.inputs[0].dtype;
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const { shape, values } = JSON.parse(line);
    const answer = model.execute(tf.tensor(values, shape, type));
    console.log(JSON.stringify({ shape: answer.shape, values: Array.from(await answer.data()) }));
  }
}

main(process.argv[2]).catch((error) => {
  console.log(JSON.stringify({ error: error.message }));
  process.exitCode = 1;
});
