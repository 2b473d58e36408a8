"""The bytes of weight rows, read element by element from the layouts in docs/arithmetic.md, section 7.

A row is given as its plain values, or as blocks of 32: integers, an exact scale and an exact minimum (None if the format
has no minimums).
"""
import struct

from binary32 import from_bits, half_value, mul, q

# name: (elements of a block, bytes of a block)
LAYOUTS = {"F32": (1, 4), "F16": (1, 2), "BF16": (1, 2), "Q8_0": (32, 34), "Q4_0": (32, 18), "Q4_K": (256, 144),
           "Q5_K": (256, 176), "Q6_K": (256, 210)}


def is_plain(kind):
    return LAYOUTS[kind][0] == 1


def plain(kind, row):
    """The values of an F32, F16 or BF16 row."""
    size = LAYOUTS[kind][1]
    words = [int.from_bytes(row[i:i + size], "little") for i in range(0, len(row), size)]
    return [{"F32": from_bits, "F16": half_value, "BF16": lambda w: from_bits(w << 16)}[kind](w) for w in words]


def blocks(kind, row):
    """The blocks of 32 of a quantised row, in order."""
    elements, size = LAYOUTS[kind]
    out = []
    for at in range(0, len(row), size):
        block = row[at:at + size]
        for first in range(0, elements, 32):
            out.append(READERS[kind](block, first))
    return out


def half_at(block, at):
    return half_value(block[at] | block[at + 1] << 8)


def nibble(byte, upper):
    return byte // 16 if upper else byte % 16


def q8_0(block, first):
    return list(struct.unpack("<32b", block[2:])), half_at(block, 0), None


def q4_0(block, first):
    return [nibble(block[2 + e % 16], e >= 16) - 8 for e in range(32)], half_at(block, 0), None


def exact(d, factor):
    """d * factor, which binary32 holds without rounding."""
    product = mul(d, float(factor))
    assert q(product) == q(d) * factor
    return product


def six_bits(packed, j):
    """Scale and minimum of sub-block j: the lower bits of 4..7 lie in the last four bytes, the upper in the first eight."""
    if j < 4:
        return packed[j] % 64, packed[j + 4] % 64
    return packed[j + 4] % 16 + packed[j - 4] // 64 * 16, packed[j + 4] // 16 + packed[j] // 64 * 16


def with_minimum(block, integers, first):
    """The block with its products of a 16-bit and a 6-bit number, which are exact."""
    scale, minimum = six_bits(block[4:16], first // 32)
    return integers, exact(half_at(block, 0), scale), exact(half_at(block, 2), minimum)


def q4_k(block, first):
    numbers = block[16:144]
    integers = [nibble(numbers[e // 64 * 32 + e % 32], e % 64 >= 32) for e in range(first, first + 32)]
    return with_minimum(block, integers, first)


def q5_k(block, first):
    high, numbers = block[16:48], block[48:176]
    integers = [nibble(numbers[e // 64 * 32 + e % 32], e % 64 >= 32) + 16 * (high[e % 32] >> e // 32 & 1)
                for e in range(first, first + 32)]
    return with_minimum(block, integers, first)


def q6_k(block, first):
    low, high, scales = block[0:128], block[128:192], struct.unpack("<16b", block[192:208])
    integers = []
    for e in range(first, first + 32):
        half, within = divmod(e, 128)
        quarter, at = divmod(within, 32)
        four = nibble(low[64 * half + 32 * (quarter % 2) + at], quarter >= 2)
        two = high[32 * half + at] >> 2 * quarter & 3
        integers.append((four + 16 * two - 32) * scales[e // 16])
    return integers, half_at(block, 208), None


READERS = {"Q8_0": q8_0, "Q4_0": q4_0, "Q4_K": q4_k, "Q5_K": q5_k, "Q6_K": q6_k}
