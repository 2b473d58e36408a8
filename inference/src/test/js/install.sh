#!/bin/sh
# Installs the programs and data that the engine's tests are compared with. Optional: without them those tests are skipped
# (and fail where CI=true). "npm ci" would demand lock entries for every platform's build, so "npm install" it is:
# it takes the locked versions too.
set -eu
cd "$(dirname "$0")"
for folder in llama tokenizers; do
    (cd "$folder" && npm install --ignore-scripts --omit=optional --no-save --no-audit --no-fund)
done
