// Teacher-forced logits by llama.cpp: node score.mjs < {"models": [{"path", "tokens"}]} prints, for each model, for each
// position but the last, the likeliest next token and the natural logarithm of the probability of the one that follows.
import { text } from "node:stream/consumers";
import { getLlama } from "node-llama-cpp";

const { models } = JSON.parse(await text(process.stdin));
const llama = await getLlama({ gpu: false, build: "never", progressLogs: false, logLevel: "error", maxThreads: 2 });
const results = [];
for (const { path, tokens } of models) {
  const model = await llama.loadModel({ modelPath: path, gpuLayers: 0 });
  const context = await model.createContext({ contextSize: 512, threads: 2, flashAttention: false });
  const sequence = context.getSequence();
  const wanted = { generateNext: { token: true, probabilities: true, options: { temperature: 1, topK: 0, topP: 1, minP: 0 } } };
  const output = await sequence.controlledEvaluate(tokens.slice(0, -1).map((token) => [token, wanted]));
  results.push(
    output.map((item, i) => {
      let best = -1;
      let most = -1;
      for (const [token, probability] of item.next.probabilities) {
        if (probability > most) {
          most = probability;
          best = token;
        }
      }
      return [best, Math.log(item.next.probabilities.get(tokens[i + 1]))];
    }),
  );
  await context.dispose();
  await model.dispose();
}
process.stdout.write(`${JSON.stringify(results)}\n`, () => process.exit(0));
