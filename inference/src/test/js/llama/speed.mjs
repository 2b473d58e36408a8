// Speed of llama.cpp: node speed.mjs MODEL THREADS prints one JSON document {"prefill", "decode"} in tokens per second: a
// prompt of 512 tokens in one batch, and single tokens after a short prompt, as `hearth bench inference` measures them.
import { getLlama } from "node-llama-cpp";

const [modelPath, threads] = process.argv.slice(2);
const PROMPT = 512;
const DECODED = 24;
const ROUNDS = 5;
const llama = await getLlama({ gpu: false, build: "never", progressLogs: false, logLevel: "error", maxThreads: Number(threads) });
const model = await llama.loadModel({ modelPath, gpuLayers: 0 });
const context = await model.createContext({ contextSize: 2048, batchSize: PROMPT, threads: Number(threads), flashAttention: false });
const sequence = context.getSequence();
const token = () => Math.floor(Math.random() * 256);
const seconds = (start) => Number(process.hrtime.bigint() - start) / 1e9;
const median = (samples) => samples.sort((a, b) => a - b)[Math.floor(samples.length / 2)];

const prefill = [];
const decode = [];
for (let round = -1; round < ROUNDS; round++) {
  await sequence.clearHistory();
  let start = process.hrtime.bigint();
  await sequence.evaluateWithoutGeneratingNewTokens(Array.from({ length: PROMPT }, token));
  const prompt = PROMPT / seconds(start);
  await sequence.clearHistory();
  await sequence.evaluateWithoutGeneratingNewTokens(Array.from({ length: 8 }, token));
  start = process.hrtime.bigint();
  for (let i = 0; i < DECODED; i++) {
    await sequence.evaluateWithoutGeneratingNewTokens([token()]);
  }
  const single = DECODED / seconds(start);
  if (round >= 0) {
    prefill.push(prompt);
    decode.push(single);
  }
}
process.stdout.write(`${JSON.stringify({ prefill: median(prefill), decode: median(decode) })}\n`, () => process.exit(0));
