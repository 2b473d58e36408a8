// Greedy decoding with llama.cpp: node greedy.mjs MODEL COUNT ID,ID,... prints the new token ids as a JSON array.
import { getLlama } from "node-llama-cpp";

const [modelPath, count, prompt] = process.argv.slice(2);
const llama = await getLlama({ gpu: false, build: "never", progressLogs: false, logLevel: "error", maxThreads: 1 });
const model = await llama.loadModel({ modelPath, gpuLayers: 0 });
const context = await model.createContext({ contextSize: 512, threads: 1, flashAttention: false });
const sequence = context.getSequence();
const tokens = [];
for await (const token of sequence.evaluate(prompt.split(",").map(Number), {
  temperature: 0,
  yieldEogToken: true,
})) {
  tokens.push(token);
  if (tokens.length === Number(count)) {
    break;
  }
}
console.log(JSON.stringify(tokens));
process.exit(0);
