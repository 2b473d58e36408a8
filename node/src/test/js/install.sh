#!/bin/sh
# Installs what the interoperability tests talk to, exactly as the lock files say. Needs npm.
set -eu
cd "$(dirname "$0")"
for lock in */package-lock.json; do
  (cd "$(dirname "$lock")" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
done
