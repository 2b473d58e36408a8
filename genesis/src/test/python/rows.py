"""Random and extreme rows of weights in every format, as bytes."""
import struct

from binary32 import f32, half_bits
from formats import LAYOUTS

# Where a block has its binary16 scales, and the largest magnitude of its integers.
SCALES = {"Q8_0": (0,), "Q4_0": (0,), "Q4_K": (0, 2), "Q5_K": (0, 2), "Q6_K": (208,)}
LARGEST = {"Q8_0": 127, "Q4_0": 8, "Q4_K": 15 * 63, "Q5_K": 31 * 63, "Q6_K": 32 * 127}
# The bytes of the other parts that make all integers, scales and minimums as large as they get.
EXTREMES = {"Q8_0": b"\x80", "Q4_0": b"\0", "Q4_K": b"\xff", "Q5_K": b"\xff", "Q6_K": None}


def random_row(kind, columns, random, spread):
    """Weights of about this spread: any bits, with scales that suit."""
    if kind == "F32":
        return struct.pack("<%df" % columns, *[f32(random.gauss(0, spread)) for _ in range(columns)])
    if kind == "F16":
        return struct.pack("<%dH" % columns, *[half_bits(f32(random.gauss(0, spread))) for _ in range(columns)])
    if kind == "BF16":
        floats = struct.pack("<%df" % columns, *[random.gauss(0, spread) for _ in range(columns)])
        return b"".join(floats[i + 2:i + 4] for i in range(0, len(floats), 4))
    elements, size = LAYOUTS[kind]
    out = b""
    for _ in range(columns // elements):
        block = random.randbytes(size)
        for at in SCALES[kind]:
            scale = f32(random.choice((1, 1, 1, -1)) * random.uniform(0.5, 3) * spread / LARGEST[kind])
            block = with_half(block, at, half_bits(scale))
        out += block
    return out


def extreme_row(kind, columns, scale):
    """The largest integers that the format has, all with the scale of these sixteen bits."""
    elements, size = LAYOUTS[kind]
    if kind == "Q6_K":
        block = b"\0" * 192 + b"\x80" * 16 + b"\0\0"
    else:
        block = EXTREMES[kind] * size
    for at in SCALES[kind]:
        block = with_half(block, at, scale)
    return block * (columns // elements)


def with_half(block, at, half):
    return block[:at] + struct.pack("<H", half) + block[at + 2:]
