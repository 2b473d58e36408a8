// Hearth and llama.cpp on the same GGUF files. Both load the file and stay; then they take turns, figure by figure, so that a
// machine that slows down slows down both, and neither computes while the other is measured. The first round warms up.
// Settings of llama.cpp: as many threads as Hearth, no GPU, context 2048, batches of 512, fp16 cache, flash attention off.
import { spawn } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const here = dirname(fileURLToPath(import.meta.url));
const hearth = join(here, "../../hearth");
const llama = join(here, "../src/test/js/llama");
const FIGURES = ["decode 1", "prefill"];

const { values: options, positionals: files } = parseArgs({
  options: {
    rounds: { type: "string", default: "7" },
    threads: { type: "string", default: "2" },
    json: { type: "boolean", default: false },
  },
  allowPositionals: true,
});
const rounds = Number(options.rounds);
if (files.length === 0 || !(rounds >= 1) || !(Number(options.threads) >= 1)) {
  console.error("usage: compare.sh [--rounds N] [--threads N] [--json] FILE.gguf ...");
  process.exit(2);
}
if (!existsSync(join(llama, "node_modules/node-llama-cpp"))) {
  console.error("llama.cpp is not installed: run inference/src/test/js/install.sh");
  process.exit(3);
}

/** A program that answers each line with a line. */
class Measured {
  constructor(command, args, cwd) {
    this.name = command;
    this.process = spawn(command, args, { cwd, stdio: ["pipe", "pipe", "inherit"] });
    this.lines = createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
  }

  async answer() {
    const { value, done } = await this.lines.next();
    if (done) {
      throw new Error(`${this.name} ended without an answer; its messages are above`);
    }
    return value;
  }

  async measure(figure) {
    this.process.stdin.write(`${figure}\n`);
    const value = Number(await this.answer());
    if (!(value > 0)) {
      throw new Error(`${this.name} gave no figure for '${figure}'`);
    }
    return value;
  }

  async close() {
    const ended = new Promise((done) => this.process.once("exit", done));
    this.process.stdin.end();
    await ended;
  }
}

function median(samples) {
  const sorted = samples.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

async function compare(file) {
  const path = resolve(file);
  const commands = {
    hearth: () => new Measured(hearth, ["bench", "inference", "--turns", "--model", path, "--threads", options.threads]),
    llama: () => new Measured("node", [join(llama, "turns.mjs"), path, options.threads], llama),
  };
  const engines = {};
  try {
    // One after the other: loading uses all processors.
    for (const [name, start] of Object.entries(commands)) {
      engines[name] = start();
      if ((await engines[name].answer()) !== "ready") {
        throw new Error(`${engines[name].name} did not start`);
      }
    }
    const samples = {};
    for (let round = -1; round < rounds; round++) {
      console.error(`compare: ${basename(file)}, ${round < 0 ? "warming up" : `round ${round + 1} of ${rounds}`}`);
      for (const figure of FIGURES) {
        // Who goes first alternates.
        const order = round % 2 === 0 ? ["hearth", "llama"] : ["llama", "hearth"];
        for (const engine of order) {
          const value = await engines[engine].measure(figure);
          if (round >= 0) {
            ((samples[figure] ??= {})[engine] ??= []).push(value);
          }
        }
      }
    }
    return FIGURES.map((figure) => ({
      file: basename(file),
      megabytes: Math.round(statSync(path).size / 1e6),
      figure: figure === "prefill" ? "prefill, 512 tokens" : "decode, batch 1",
      hearth: median(samples[figure].hearth),
      llama: median(samples[figure].llama),
      // Of the rounds' own ratios: what drifts from round to round drops out.
      ratio: median(samples[figure].hearth.map((value, i) => value / samples[figure].llama[i])),
    }));
  } finally {
    await Promise.all(Object.values(engines).map((engine) => engine.close()));
  }
}

const results = [];
for (const file of files) {
  results.push(...(await compare(file)));
}
if (options.json) {
  console.log(JSON.stringify(results));
} else {
  console.log(`| file | MB | figure (${options.threads} threads, median of ${rounds}) | Hearth, tokens/s | llama.cpp, tokens/s | ratio |`);
  console.log("|---|---|---|---|---|---|");
  for (const r of results) {
    console.log(`| ${r.file} | ${r.megabytes} | ${r.figure} | ${r.hearth.toFixed(1)} | ${r.llama.toFixed(1)} | ${r.ratio.toFixed(2)} |`);
  }
}
