#!/bin/sh
# Benchmarks of single kernels with JMH: matrices in each weight format times one and many vectors, and attention. All
# arguments go to JMH, such as: kernels.sh MatrixBenchmark.gemv -p format=Q8_0,Q4_K -p threads=2
# Uses JAVA_HOME, which must be a JDK of release 25 or later.
set -eu
cd "$(dirname "$0")/../.."
# In a folder of its own: the classes of an ordinary build stay as they are.
mvn -q -Pjmh -Dspotless.check.skip=true -pl inference -am test-compile
exec "$JAVA_HOME/bin/java" -cp \
    "inference/target/jmh-classes:inference/target/classes:genesis/target/classes:$(cat inference/target/jmh-classpath)" \
    org.openjdk.jmh.Main "$@"
