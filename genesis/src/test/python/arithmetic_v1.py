"""The canonical arithmetic, version 1, in exact rational numbers: an implementation of docs/arithmetic.md that shares
nothing with the Java one. Writes the golden vectors: python3 arithmetic_v1.py > ../resources/arithmetic/golden-v1.json

Floats are written as the eight hexadecimal digits of their bits. Only the standard library is needed.
"""
import json
import math
import random
import struct
from fractions import Fraction as Q

LIMIT = Q(10) ** 30


def bits(f):
    return struct.unpack("<I", struct.pack("<f", f))[0]


def hexf(f):
    return "%08x" % bits(f)


def hexs(fs):
    return " ".join(hexf(f) for f in fs)


def rnd(x):
    """Rounds a rational to binary32, ties to even, subnormals kept. Overflow is not needed here."""
    if x == 0:
        return 0.0
    m = abs(x)
    e = m.numerator.bit_length() - m.denominator.bit_length() - 24
    while m >= Q(2) ** (e + 24):
        e += 1
    while m < Q(2) ** (e + 23):
        e -= 1
    e = max(e, -149)
    r = round(x / Q(2) ** e) * Q(2) ** e
    assert abs(r) < Q(2) ** 128
    return float(r)


def op(x, negative_zero=False):
    r = rnd(x)
    return -0.0 if r == 0 and negative_zero else r


def neg0(f):
    return f == 0 and math.copysign(1, f) < 0


def add(a, b):
    return op(Q(a) + Q(b), neg0(a) and neg0(b))


def mul(a, b):
    return op(Q(a) * Q(b), (math.copysign(1, a) * math.copysign(1, b)) < 0)


def div(a, b):
    return op(Q(a) / Q(b), (math.copysign(1, a) * math.copysign(1, b)) < 0)


def fma(a, b, c):
    x = Q(a) * Q(b) + Q(c)
    product_negative = math.copysign(1, a) * math.copysign(1, b) < 0
    if x == 0:
        exact_zero = Q(a) * Q(b) == 0 and c == 0
        return -0.0 if exact_zero and product_negative and neg0(c) else 0.0
    return op(x, x < 0)


def sqrt(a):
    """Correctly rounded: the integer square root of a scaled value, with the remainder as a sticky bit."""
    x = Q(a)
    if x == 0:
        return 0.0
    scale = 200
    n = (x * Q(2) ** (2 * scale))
    n = n.numerator // n.denominator
    root = math.isqrt(n)
    exact = Q(root, 2 ** scale)
    if exact * exact != x:
        exact += Q(1, 2 ** (scale + 2))
    return rnd(exact)


def f32(x):
    return rnd(Q(x))


def half_to_float(h):
    return struct.unpack("<e", struct.pack("<H", h))[0]


def float_to_half(f):
    return struct.unpack("<H", struct.pack("<e", f))[0]


# --- section 3
def fold(p):
    p = list(p)
    half = 8
    while half:
        for j in range(half):
            p[j] = add(p[j], p[j + half])
        half //= 2
    return p[0]


def lane_sum(v):
    p = [0.0] * 16
    for i, x in enumerate(v):
        p[i % 16] = add(p[i % 16], x)
    return fold(p)


def sum_of_squares(v):
    p = [0.0] * 16
    for i, x in enumerate(v):
        p[i % 16] = fma(x, x, p[i % 16])
    return fold(p)


def chunked_sum(v):
    total = 0.0
    for i in range(0, len(v), 256):
        total = add(total, lane_sum(v[i:i + 256]))
    return total


# --- section 4
LOG2E = f32(Q("1.44269504088896340735992468100"))
ROUNDER = 12582912.0
LN2_HIGH = float.fromhex("0x1.62e4p-1")
LN2_LOW = f32(Q("0.69314718055994530941723212145818") - Q(LN2_HIGH))
C = [f32(Q(1, math.factorial(k))) for k in range(8)]


def exp(x):
    if x < -87:
        return 0.0
    a = min(x, 88.0)
    n = add(fma(a, LOG2E, ROUNDER), -ROUNDER)
    r = fma(n, -LN2_HIGH, a)
    r = fma(n, -LN2_LOW, r)
    p = fma(C[7], r, C[6])
    for k in (5, 4, 3, 2, 1, 0):
        p = fma(p, r, C[k])
    return mul(p, float(Q(2) ** int(n)))


# --- sections 6 to 8
def quantize(block):
    amax = max(abs(x) for x in block)
    d = div(amax, 127.0)
    if d < 2.0 ** -126:
        return [0] * 32, 0.0
    inverse = div(1.0, d)
    return [max(-127, min(127, round(Q(mul(x, inverse))))) for x in block], d


def row_q8(x, row):
    acc = 0.0
    for b in range(len(x) // 32):
        q, d = quantize(x[32 * b:32 * b + 32])
        block = row[34 * b:34 * b + 34]
        w = struct.unpack("<32b", block[2:])
        dot = sum(i * j for i, j in zip(q, w))
        acc = fma(float(dot), mul(half_to_float(struct.unpack("<H", block[:2])[0]), d), acc)
    return acc


def dot(w, x):
    acc = 0.0
    for i, j in zip(w, x):
        acc = fma(i, j, acc)
    return acc


# --- sections 9 to 13
def norm(x, w, eps):
    factor = div(1.0, sqrt(add(div(sum_of_squares(x), float(len(x))), eps)))
    return [mul(mul(a, factor), b) for a, b in zip(x, w)]


def rotate(x, position, dimensions, base):
    x = list(x)
    for i in range(dimensions // 2):
        angle = position * math.pow(base, -2.0 * i / dimensions)
        c, s = f32(math.cos(angle)), f32(math.sin(angle))
        a, b = x[2 * i], x[2 * i + 1]
        x[2 * i], x[2 * i + 1] = fma(a, c, -mul(b, s)), fma(a, s, mul(b, c))
    return x


def scale(dim):
    return div(1.0, sqrt(float(dim)))


def score(q, k):
    return mul(dot(q, k), scale(len(q)))


def softmax(s):
    m = max(s)
    e = [exp(add(x, -m)) for x in s]
    total = chunked_sum(e)
    return [div(x, total) for x in e]


def mix(w, v):
    total = 0.0
    for i in range(0, len(w), 256):
        total = add(total, dot(w[i:i + 256], v[i:i + 256]))
    return total


def gated(g, u):
    return mul(div(g, add(1.0, exp(-g))), u)


# --- section 14
def philox(counter, key):
    c, k = list(counter), list(key)
    for _ in range(10):
        p0, p1 = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [p1 >> 32 ^ c[1] ^ k[0], p1 & 0xFFFFFFFF, p0 >> 32 ^ c[3] ^ k[1], p0 & 0xFFFFFFFF]
        k = [k[0] + 0x9E3779B9 & 0xFFFFFFFF, k[1] + 0xBB67AE85 & 0xFFFFFFFF]
    return c


def uniform(seed, position):
    return (philox([position, 0, 0, 0], [seed & 0xFFFFFFFF, seed >> 32])[0] >> 8) / 2.0 ** 24


def sample(logits, temperature, top_k, top_p, seed, position):
    order = sorted(range(len(logits)), key=lambda i: (-logits[i], i))
    if temperature == 0:
        return order[0]
    m = logits[order[0]]
    e = [exp(div(add(x, -m), temperature)) for x in logits]
    order = [i for i in order if e[i] != 0]
    if 0 < top_k < len(logits):
        order = order[:top_k]
        e = [x if i in order else 0.0 for i, x in enumerate(e)]
    if top_p < 1:
        threshold, mass, kept = mul(top_p, chunked_sum(e)), 0.0, []
        for i in order:
            if mass >= threshold:
                break
            mass = add(mass, e[i])
            kept.append(i)
    else:
        kept, mass = order, 0.0
        for i in order:
            mass = add(mass, e[i])
    target, running = mul(uniform(seed, position), mass), 0.0
    for i in kept:
        running = add(running, e[i])
        if running > target:
            return i
    return kept[-1]


# --- cases
R = random.Random(2026)


def rand(n, spread=1.0):
    return [f32(R.gauss(0, spread)) for _ in range(n)]


def cases_quantize():
    ties = [f32(127.0)] + [f32(k + 0.5) for k in range(-16, 15)]
    tiny = [math.ldexp(k, -149) for k in range(32)]
    small = [math.ldexp(127 - k, -126) for k in range(32)]
    below = [math.ldexp(127 - k, -127) for k in range(32)]
    signed = [-0.0] * 32
    blocks = [rand(32), rand(32, 1e-3), rand(32, 1e20), ties, tiny, small, below, signed]
    out = []
    for b in blocks:
        q, d = quantize(b)
        out.append({"x": hexs(b), "quants": " ".join(map(str, q)), "scale": hexf(d)})
    return out


def cases_rows():
    out = []
    for n in (32, 96, 256):
        x = rand(n, 2.0)
        f = rand(n, 0.1)
        h = [float_to_half(v) for v in f]
        q8 = b"".join(struct.pack("<H32b", float_to_half(R.uniform(-0.01, 0.02)),
                                  *[R.randint(-128, 127) for _ in range(32)]) for _ in range(n // 32))
        out.append({"type": "F32", "x": hexs(x), "row": struct.pack("<%df" % n, *f).hex(), "y": hexf(dot(f, x))})
        out.append({"type": "F16", "x": hexs(x), "row": struct.pack("<%dH" % n, *h).hex(),
                    "y": hexf(dot([half_to_float(v) for v in h], x))})
        out.append({"type": "Q8_0", "x": hexs(x), "row": q8.hex(), "y": hexf(row_q8(x, q8))})
    return out


def cases_exp():
    xs = [0.0, -0.0, 1.0, -1.0, 88.0, 100.0, -87.0, -87.00001, -1000.0, 0.34657359, -0.34657359, 1e-40]
    xs = [f32(x) for x in xs] + [f32(R.uniform(-90, 90)) for _ in range(60)] + rand(30)
    return {"x": hexs(xs), "y": hexs([exp(x) for x in xs])}


def cases_norm():
    out = []
    for n in (1, 15, 64, 100):
        x, w = rand(n, 3.0), rand(n)
        out.append({"x": hexs(x), "weight": hexs(w), "epsilon": hexf(f32(1e-5)), "y": hexs(norm(x, w, f32(1e-5)))})
    return out


def cases_rope():
    out = []
    for position, dimensions, size, base in ((0, 8, 8, 10000.0), (7, 16, 16, 10000.0), (511, 32, 40, 10000.0),
                                             (131071, 64, 64, 500000.0)):
        x = rand(size)
        out.append({"x": hexs(x), "position": position, "dimensions": dimensions, "base": hexf(base),
                    "y": hexs(rotate(x, position, dimensions, base))})
    return out


def cases_attention():
    out = []
    for positions, dim in ((1, 4), (20, 16), (300, 8)):
        q = rand(dim, 2.0)
        keys = [[half_to_float(float_to_half(v)) for v in rand(dim)] for _ in range(positions)]
        column = [half_to_float(float_to_half(v)) for v in rand(positions)]
        s = [score(q, k) for k in keys]
        w = softmax(s)
        out.append({"query": hexs(q), "keys": [hexs(k) for k in keys], "column": hexs(column), "scores": hexs(s),
                    "weights": hexs(w), "mix": hexf(mix(w, column))})
    return out


def cases_gated():
    g = [f32(x) for x in (0.0, -0.0, 90.0, -90.0, -200.0, 1e20)] + rand(40, 4.0)
    u = rand(len(g))
    return {"gate": hexs(g), "up": hexs(u), "y": hexs([gated(a, b) for a, b in zip(g, u)])}


def cases_half():
    xs = [f32(x) for x in (0.0, -0.0, 1.0, 65519.0, 6.1e-5, 5.9e-8, 2.98e-8, 2.99e-8, 1e-10, 1.00048828125,
                           1.00146484375)] + rand(20)
    return {"x": hexs(xs), "bits": ["%04x" % float_to_half(x) for x in xs]}


def cases_sampler():
    out = []
    flat = [0.0] * 30
    ties = [f32(x) for x in (1.0, 3.0, 3.0, 2.0, 3.0, -1.0)]
    wide = rand(300, 3.0)
    settings = [(0.0, 0, 1.0), (f32(0.8), 0, f32(0.95)), (1.0, 5, 1.0), (1.0, 2, f32(0.5)), (f32(0.1), 0, f32(0.3)),
                (f32(1.5), 40, f32(0.9)), (f32(1e-30), 0, f32(0.9)), (100.0, 0, 1.0)]
    for logits in (flat, ties, wide):
        for t, k, p in settings:
            for seed, position in ((0, 0), (0x123456789ABCDEF0, 41), (2 ** 63 + 5, 100000)):
                out.append({"logits": hexs(logits), "temperature": hexf(t), "topK": k, "topP": hexf(p),
                            "seed": "%016x" % seed, "position": position,
                            "token": sample(logits, t, k, p, seed, position)})
    return out


def main():
    assert philox([0] * 4, [0] * 2) == [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]
    golden = {"arithmetic": 1, "quantize": cases_quantize(), "rows": cases_rows(), "exp": cases_exp(),
              "norm": cases_norm(), "rope": cases_rope(), "attention": cases_attention(), "gated": cases_gated(),
              "half": cases_half(),
              "uniform": [{"seed": "%016x" % s, "position": p, "u": hexf(uniform(s, p))}
                          for s, p in ((0, 0), (1, 2), (0xFEDCBA9876543210, 511))],
              "sampler": cases_sampler()}
    print(json.dumps(golden, indent=1))


main()
