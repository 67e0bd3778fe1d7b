// The engine: Python, with the rules and the pages of `recommender web`, asked by messages.
"use strict";

import {loadPyodide} from "./pyodide/pyodide.mjs";

let answer;

const started = (async () => {
  const [python, archive] = await Promise.all([
    loadPyodide({indexURL: new URL("pyodide/", location.href).href}),
    fetch("recommender.zip").then((found) => found.arrayBuffer()),
  ]);
  python.unpackArchive(archive, "zip", {extractDir: "/app"});
  answer = python.runPython("import sys; sys.path.insert(0, '/app'); import play; play.answer");
})();

started.then(
  () => postMessage({ready: true}),
  (error) => postMessage({failed: error.message}),
);

addEventListener("message", async ({data: {turn, path, query, language}}) => {
  await started;
  let reply;
  try {
    reply = JSON.parse(answer(path, query, language));
  } catch (error) {
    reply = {status: 500, type: "text/plain", text: error.message};
  }
  postMessage({turn, reply});
});
