"""Power, cosine and sine as docs/arithmetic.md, appendix A, defines them: the steps of fdlibm 5.3 for the arguments that
rotations have. Python's floats are IEEE binary64, and each operation below rounds once.
"""
import math
import struct


def upper(x):
    """The upper 32 bits of a double."""
    return struct.unpack("<q", struct.pack("<d", x))[0] >> 32


def short(x):
    """The double with its lower 32 bits cleared."""
    return struct.unpack("<d", struct.pack("<q", upper(x) << 32))[0]


def hexes(text):
    return [float.fromhex(word) for word in text.split()]


def horner(x, coefficients):
    """c0 + x * (c1 + x * (c2 + ...))."""
    total = coefficients[-1]
    for c in reversed(coefficients[:-1]):
        total = c + x * total
    return total


L = hexes("0x1.3333333333303p-1 0x1.b6db6db6fabffp-2 0x1.55555518f264dp-2 0x1.17460a91d4101p-2 0x1.d864a93c9db65p-3 "
          "0x1.a7e284a454eefp-3")
P = hexes("0x1.555555555553ep-3 -0x1.6c16c16bebd93p-9 0x1.1566aaf25de2cp-14 -0x1.bbd41c5d26bf1p-20 "
          "0x1.6376972bea4d0p-25")
S = hexes("-0x1.5555555555549p-3 0x1.111111110f8a6p-7 -0x1.a01a019c161d5p-13 0x1.71de357b1fe7dp-19 "
          "-0x1.ae5e68a2b9cebp-26 0x1.5d93a5acfd57cp-33")
C = hexes("0x1.555555555554cp-5 -0x1.6c16c16c15177p-10 0x1.a01a019cb159p-16 -0x1.27e4f809c52adp-22 "
          "0x1.1ee9ebdb4b1c4p-29 -0x1.8fae9be8838d4p-37")
CP, CP_HIGH, CP_LOW = hexes("0x1.ec709dc3a03fdp-1 0x1.ec709ep-1 -0x1.e2fe0145b01f5p-28")
THREE_HALVES_HIGH, THREE_HALVES_LOW = hexes("0x1.2b8034p-1 0x1.cfdeb43cfd006p-27")
LN2, LN2_HIGH, LN2_LOW = hexes("0x1.62e42fefa39efp-1 0x1.62e43p-1 -0x1.05c610ca86c39p-29")
TWO_OVER_PI = float.fromhex("0x1.45f306dc9c883p-1")
# pi/2 cut in pieces of 33 bits, each with the rest that follows it.
PIO2 = [hexes("0x1.921fb544p0 0x1.0b4611a626331p-34"), hexes("0x1.0b4611a6p-34 0x1.3198a2e037073p-69"),
        hexes("0x1.3198a2ep-69 0x1.b839a252049c1p-104")]


def log2(x):
    """log2 of a positive normal x as a short head and a tail."""
    mantissa, exponent = math.frexp(x)
    a, n = 2 * mantissa, exponent - 1
    fraction = upper(a) & 0xFFFFF
    if fraction >= 0xBB67A:
        a, n = a / 2, n + 1
    second = 0x3988E < fraction < 0xBB67A
    centre = 1.5 if second else 1.0
    u, v = a - centre, 1.0 / (a + centre)
    s = u * v
    s_high = short(s)
    t_high = struct.unpack("<d", struct.pack(
        "<q", ((upper(a) >> 1 | 0x20000000) + 0x00080000 + (second << 18)) << 32))[0]
    t_low = a - (t_high - centre)
    s_low = v * ((u - s_high * t_high) - s_high * t_low)
    s2 = s * s
    r = s2 * s2 * horner(s2, L)
    r = r + s_low * (s_high + s)
    s2 = s_high * s_high
    t_high = short(3.0 + s2 + r)
    t_low = r - ((t_high - 3.0) - s2)
    u = s_high * t_high
    v = s_low * t_high + t_low * s
    p_high = short(u + v)
    p_low = v - (p_high - u)
    z_high = CP_HIGH * p_high
    z_low = CP_LOW * p_high + p_low * CP + (THREE_HALVES_LOW if second else 0.0)
    d = THREE_HALVES_HIGH if second else 0.0
    head = short(((z_high + z_low) + d) + float(n))
    return head, z_low - (((head - float(n)) - d) - z_high)


def power(x, y):
    """x to the power of y, for positive normal x and -1 < y <= 0."""
    if y == 0:
        return 1.0
    if x == 1:
        return 1.0
    head, tail = log2(x)
    y_head = short(y)
    low = (y - y_head) * head + y * tail
    high = y_head * head
    z = low + high
    n = 0
    if upper(abs(z)) > 0x3FE00000:
        n = int(abs(z) + 0.5)
        n = -n if z < 0 else n
        high = high - n
    t = short(low + high)
    u = t * LN2_HIGH
    v = (low - (t - high)) * LN2 + t * LN2_LOW
    z = u + v
    w = v - (z - u)
    t = z * z
    t1 = z - t * horner(t, P)
    r = (z * t1) / (t1 - 2.0) - (w + z * w)
    return math.ldexp(1.0 - (r - z), n)


def reduced(x):
    """n and the two parts of x - n * pi/2, for 0 <= x < 2^20."""
    word = upper(x)
    if word <= 0x3FE921FB:
        return 0, x, 0.0
    if word < 0x4002D97C:
        n, levels = 1, (2 if word == 0x3FF921FB else 1)
        rest = x
        for head, _ in PIO2[:levels]:
            rest = rest - head
        tail = PIO2[levels - 1][1]
        y = rest - tail
        return n, y, (rest - y) - tail
    n = int(x * TWO_OVER_PI + 0.5)
    rest, w = x - n * PIO2[0][0], n * PIO2[0][1]
    y = rest - w
    if n >= 32 or word == upper(n * (math.pi / 2)):
        for (head, tail), lost in ((PIO2[1], 16), (PIO2[2], 49)):
            if (word >> 20) - (upper(y) >> 20 & 0x7FF) <= lost:
                break
            before = rest
            w = n * head
            rest = before - w
            w = n * tail - ((before - rest) - w)
            y = rest - w
    return n, y, (rest - y) - w


def kernel_sin(x, y, whole):
    if upper(abs(x)) < 0x3E400000:
        return x
    z = x * x
    v = z * x
    r = horner(z, S[1:])
    if whole:
        return x + v * (S[0] + z * r)
    return x - ((z * (0.5 * y - v * r) - y) - v * S[0])


def kernel_cos(x, y):
    word = upper(abs(x))
    if word < 0x3E400000:
        return 1.0
    z = x * x
    r = z * horner(z, C)
    if word < 0x3FD33333:
        return 1.0 - (0.5 * z - (z * r - x * y))
    if word > 0x3FE90000:
        quarter = 0.28125
    else:
        quarter = struct.unpack("<d", struct.pack("<q", (word - 0x00200000) << 32))[0]
    return (1.0 - quarter) - ((0.5 * z - quarter) - (z * r - x * y))


def cos(x):
    n, y, tail = reduced(x)
    part = kernel_sin(y, tail, False) if n % 2 else kernel_cos(y, tail)
    return -part if n % 4 in (1, 2) else part


def sin(x):
    n, y, tail = reduced(x)
    part = kernel_cos(y, tail) if n % 2 else kernel_sin(y, tail, n == 0)
    return -part if n % 4 in (2, 3) else part
