// Talks to a gateway with OpenAI's client: node chat.mjs BASE_URL MODEL prints what it got as one JSON document.
import OpenAI from "openai";

const [baseURL, model] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey: "unused", maxRetries: 0 });
const messages = [
  { role: "system", content: "You are kind." },
  { role: "user", content: [{ type: "text", text: "Who are you?" }] },
];
const whole = await client.chat.completions.create({ model, messages, max_tokens: 9, temperature: 0, seed: 4, stop: "END" });
let streamed = "";
let usage = null;
let reason = null;
let role = null;
const stream = await client.chat.completions.create({
  model, messages, max_completion_tokens: 3, stream: true, stream_options: { include_usage: true },
});
for await (const chunk of stream) {
  for (const choice of chunk.choices) {
    streamed += choice.delta.content ?? "";
    role = choice.delta.role ?? role;
    reason = choice.finish_reason ?? reason;
  }
  usage = chunk.usage ?? usage;
}
let refused = null;
try {
  await client.chat.completions.create({ model, messages, n: 2 });
} catch (error) {
  refused = { status: error.status, param: error.param, type: error.type };
}
console.log(JSON.stringify({ whole, streamed, role, reason, usage, refused }));
