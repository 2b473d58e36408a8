"""IEEE 754 binary32 in exact rational numbers: every operation is computed without error and rounded once.

A value is a Python float that binary32 can hold. Operations refuse infinities and NaN as operands: in the canonical
arithmetic a result that comes from one is always poison.
"""
import math
import struct
from fractions import Fraction as Q

LIMIT = Q(10) ** 30


class Poison(Exception):
    """The operation has no result."""


def bits(f):
    return struct.unpack("<I", struct.pack("<f", f))[0]


def from_bits(i):
    return struct.unpack("<f", struct.pack("<I", i))[0]


def hexf(f):
    """The bits as eight hexadecimal digits."""
    return "%08x" % bits(f)


def hexs(fs):
    return " ".join(hexf(f) for f in fs)


def negative(f):
    return math.copysign(1, f) < 0


def rnd(x, zero_is_negative=False):
    """Rounds a rational to nearest, ties to even; subnormals are kept, what is too large becomes infinite."""
    if x == 0:
        return -0.0 if zero_is_negative else 0.0
    m = abs(x)
    e = m.numerator.bit_length() - m.denominator.bit_length() - 24
    while m >= Q(2) ** (e + 24):
        e += 1
    while m < Q(2) ** (e + 23):
        e -= 1
    e = max(e, -149)
    r = round(m / Q(2) ** e) * Q(2) ** e
    return math.copysign(math.inf if r >= Q(2) ** 128 else float(r), -1 if x < 0 else 1)


def q(f):
    """The exact value of an operand."""
    if not math.isfinite(f):
        raise Poison("an infinite operand")
    return Q(f)


def add(a, b):
    return rnd(q(a) + q(b), a == 0 and b == 0 and negative(a) and negative(b))


def mul(a, b):
    return rnd(q(a) * q(b), negative(a) != negative(b))


def div(a, b):
    return rnd(q(a) / q(b), negative(a) != negative(b))


def fma(a, b, c):
    product = q(a) * q(b)
    return rnd(product + q(c), product == 0 and c == 0 and negative(a) != negative(b) and negative(c))


def sqrt(a):
    """The integer square root of a scaled value, with the remainder as a sticky bit."""
    x = q(a)
    if x == 0:
        return a
    scale = 200
    scaled = x * Q(2) ** (2 * scale)
    root = Q(math.isqrt(scaled.numerator // scaled.denominator), 2 ** scale)
    return rnd(root if root * root == x else root + Q(1, 2 ** (scale + 2)))


def f32(x):
    """A number rounded to binary32."""
    return rnd(Q(x))


def sound(f):
    """A result that the arithmetic admits, or poison."""
    if not abs(f) < LIMIT:
        raise Poison(str(f))
    return f


def half_value(h):
    """The value of sixteen bits of IEEE 754 binary16."""
    return struct.unpack("<e", struct.pack("<H", h))[0]


def half_bits(f):
    """Rounds to binary16, ties to even; magnitudes from 65520 on are poison."""
    if abs(sound(f)) >= 65520:
        raise Poison(str(f))
    return struct.unpack("<H", struct.pack("<e", f))[0]
