#!/bin/sh
# Fuzzes a reader with Jazzer: sh inference/bench/fuzz.sh GgufFuzzTest|TokenizerFuzzTest. Runs for five minutes; what it finds
# goes to inference/src/test/resources, where the ordinary tests replay it.
set -eu
cd "$(dirname "$0")/../.."
JAZZER_FUZZ=1 mvn -q -pl inference -am test -Dtest="$1" -Dsurefire.failIfNoSpecifiedTests=false
