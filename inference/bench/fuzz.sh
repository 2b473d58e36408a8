#!/bin/sh
# Fuzzes a reader with Jazzer: sh inference/bench/fuzz.sh TEST [MODULE], such as GgufFuzzTest, TokenizerFuzzTest, or GossipFuzzTest
# node. Runs for five minutes; what it finds goes to the module's src/test/resources, where the ordinary tests replay it.
set -eu
cd "$(dirname "$0")/../.."
JAZZER_FUZZ=1 mvn -q -pl "${2:-inference}" -am test -Dtest="$1" -Dsurefire.failIfNoSpecifiedTests=false
