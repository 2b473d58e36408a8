#!/bin/sh
# Fuzzes a reader with Jazzer: sh inference/bench/fuzz.sh GgufFuzzTest|TokenizerFuzzTest|LedgerWireFuzzTest. Runs for five minutes;
# what it finds goes to src/test/resources of the test's module, where the ordinary tests replay it.
set -eu
cd "$(dirname "$0")/../.."
test=$(find . -path "./*/src/test/java/*/$1.java")
module=$(printf '%s\n' "$test" | cut -d / -f 2)
JAZZER_FUZZ=1 mvn -q -pl "$module" -am test -Dtest="$1" -Dsurefire.failIfNoSpecifiedTests=false
