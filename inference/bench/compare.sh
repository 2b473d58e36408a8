#!/bin/sh
# Hearth and llama.cpp side by side on the same files: compare.sh [--rounds N] [--threads N] FILE.gguf ... prints a Markdown
# table of medians and ratios. Needs Node.js and inference/src/test/js/install.sh.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
exec node "$here/compare.mjs" "$@"
