// Tokens by llama.cpp: node tokenize.mjs < {"path", "texts"} prints for each text its token ids.
import { text } from "node:stream/consumers";
import { getLlama } from "node-llama-cpp";

const { path, texts } = JSON.parse(await text(process.stdin));
const llama = await getLlama({ gpu: false, build: "never", progressLogs: false, logLevel: "error", maxThreads: 1 });
const model = await llama.loadModel({ modelPath: path, gpuLayers: 0, vocabOnly: true });
const results = texts.map((each) => Array.from(model.tokenize(each, false)));
process.stdout.write(`${JSON.stringify(results)}\n`, () => process.exit(0));
