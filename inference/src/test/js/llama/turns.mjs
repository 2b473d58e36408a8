// Speed of llama.cpp, measured on request as `hearth bench inference --turns` does: node turns.mjs MODEL THREADS prints
// "ready", then answers every line of standard input ("prefill" or "decode 1") with tokens per second. Logits are asked for
// as there: for the last token of a prompt, and for every token that is decoded. Loading is not measured.
import { createInterface } from "node:readline";
import { getLlama } from "node-llama-cpp";

const PROMPT = 512;
const SHORT_PROMPT = 8;
const DECODED = 24;
const [modelPath, threadText] = process.argv.slice(2);
const threads = Number(threadText);
const llama = await getLlama({ gpu: false, build: "never", progressLogs: false, logLevel: "error", maxThreads: threads });
const model = await llama.loadModel({ modelPath, gpuLayers: 0 });
const context = await model.createContext({ contextSize: 2048, batchSize: PROMPT, threads, flashAttention: false });
const sequence = context.getSequence();
const vocabulary = model.fileInfo.metadata.tokenizer.ggml.tokens.length;
const next = { generateNext: { token: true, options: { temperature: 0 } } };

function tokens(count) {
  return Array.from({ length: count }, () => Math.floor(Math.random() * vocabulary));
}

async function seconds(work) {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

/** Evaluates all tokens; the last one yields logits. */
function evaluate(input) {
  return sequence.controlledEvaluate([...input.slice(0, -1), [input.at(-1), next]]);
}

async function measure(figure) {
  await sequence.clearHistory();
  if (figure === "prefill") {
    const prompt = tokens(PROMPT);
    return PROMPT / (await seconds(() => evaluate(prompt)));
  }
  if (figure === "decode 1") {
    await evaluate(tokens(SHORT_PROMPT));
    const input = tokens(DECODED);
    return DECODED / (await seconds(async () => {
      for (const token of input) {
        await evaluate([token]);
      }
    }));
  }
  throw new Error(`'${figure}' cannot be measured`);
}

console.log("ready");
for await (const line of createInterface({ input: process.stdin })) {
  console.log(await measure(line));
}
process.exit(0);
