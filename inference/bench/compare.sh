#!/bin/sh
# Hearth beside llama.cpp on the same file, in turn: sh inference/bench/compare.sh FILE [THREADS] [ROUNDS]. Prints a line of a
# Markdown table for each round, and the medians with their ratio at the end. Needs Node.js, and the packages that
# inference/src/test/js/install.sh installs. Write a file with: ./hearth bench model --shape tinyllama-1.1b --format Q8_0 FILE
set -eu
home=$(cd "$(dirname "$0")/../.." && pwd)
file=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
threads=${2:-2}
rounds=${3:-3}
results=$(mktemp)
trap 'rm -f "$results"' EXIT

for round in $(seq "$rounds"); do
    echo "round $round of $rounds: llama.cpp" >&2
    (cd "$home/inference/src/test/js/llama" && node speed.mjs "$file" "$threads" | tail -n 1) >>"$results"
    echo "round $round of $rounds: hearth" >&2
    "$home/hearth" bench inference --model "$file" --threads "$threads" --json | tr -d '\n' >>"$results"
    echo >>"$results"
done

node - "$results" <<'EOF'
const lines = require("fs").readFileSync(process.argv[2], "utf8").trim().split("\n").map((line) => JSON.parse(line));
const theirs = lines.filter((r) => "prefill" in r);
const ours = lines.filter((r) => "backend" in r);
const median = (samples) => {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};
const row = (name, a, b) => console.log(`| ${name} | ${a.toFixed(1)} | ${b.toFixed(1)} | ${(a / b).toFixed(2)} |`);
console.log(`${ours[0].model}, ${ours[0].backend}, ${ours[0].threads} threads, tokens/s, medians of ${ours.length}\n`);
console.log("| | hearth | llama.cpp | ratio |\n|---|---|---|---|");
row("decode, batch 1", median(ours.map((r) => r.decodeTokensPerSecond)), median(theirs.map((r) => r.decode)));
row("prefill of 512", median(ours.map((r) => r.prefillTokensPerSecond)), median(theirs.map((r) => r.prefill)));
console.log(`\nbatch 16: ${median(ours.map((r) => r.decodeTokensPerSecondBatch16)).toFixed(1)}, load ` +
  `${median(ours.map((r) => r.loadSeconds)).toFixed(2)} s, memory read ${median(ours.map((r) => r.memoryReadGigabytesPerSecond)).toFixed(1)} GB/s, ` +
  `weights read ${median(ours.map((r) => r.gigabytesPerSecond)).toFixed(1)} GB/s, peak ${ours[0].peakResidentMegabytes} MB`);
EOF
