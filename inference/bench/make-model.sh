#!/bin/sh
# Writes a GGUF file with random weights at the shape of a known model: make-model.sh SHAPE FORMAT FILE, such as
# make-model.sh tinyllama-1.1b Q8_0 /tmp/model.gguf. A wrong shape or format is answered with those that there are.
set -eu
if [ $# -ne 3 ]; then
    echo "usage: make-model.sh SHAPE FORMAT FILE" >&2
    exit 2
fi
exec "$(dirname "$0")/../../hearth" bench model --shape "$1" --format "$2" "$3"
