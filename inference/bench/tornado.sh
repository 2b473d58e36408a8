#!/bin/sh
# Records a run of the back end for TornadoVM on a real SDK: builds with it, runs the whole conformance suite on every device
# and prints what to put on record. Ends with 0 if every bit was right.
# Usage: TORNADOVM_HOME=DIR tornado.sh [Maven options, such as -Dtornadovm.version=5.2.0-jdk25]
# Uses JAVA_HOME, which must be the JDK that the SDK was made for, of release 25 or later.
set -eu
cd "$(dirname "$0")/../.."
if [ ! -f "${TORNADOVM_HOME:-}/tornado-argfile" ]; then
    echo "TORNADOVM_HOME must be the directory of TornadoVM's SDK, which has a file tornado-argfile." >&2
    echo "Get the SDK for OpenCL and this JDK, such as 5.2.0-jdk25-opencl, from https://www.tornadovm.org" >&2
    exit 3
fi
record=inference/target/tornado-run.txt
rm -f "$record"
mvn -q -Dspotless.check.skip=true -pl inference -am test -Dtest=TornadoSdkTest -Dsurefire.failIfNoSpecifiedTests=false "$@" || {
    echo "The run failed: the first error above says in which operation, or why a device is refused. That is worth a record too." >&2
    exit 1
}
if [ ! -f "$record" ]; then
    echo "Nothing ran: no device of TornadoVM was found that may compute. See ./hearth devices." >&2
    exit 3
fi
echo
echo "For the record:"
git log -1 --format='commit %h' 2>/dev/null || true
date -u '+%Y-%m-%d'
cat "$record"
