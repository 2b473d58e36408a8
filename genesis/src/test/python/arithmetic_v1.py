"""The canonical arithmetic, version 1, from docs/arithmetic.md: an implementation that shares nothing with the Java one.

Values are Python floats that binary32 holds; numbers of sections are those of the document.
"""
import math

import fdlibm
import formats
from binary32 import Q, add, div, f32, fma, half_bits, half_value, mul, sound, sqrt


# --- section 3: sums
def fold(p):
    p = list(p)
    for half in (8, 4, 2, 1):
        for j in range(half):
            p[j] = add(p[j], p[j + half])
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


# --- section 4: exponential
LOG2E = f32(Q("1.44269504088896340735992468100"))
ROUNDER = 12582912.0
LN2_HIGH = float.fromhex("0x1.62e4p-1")
LN2_LOW = f32(Q("0.69314718055994530941723212145818") - Q(LN2_HIGH))
TAYLOR = [f32(Q(1, math.factorial(k))) for k in range(8)]


def exp(x):
    if x < -87:
        return 0.0
    a = min(x, 88.0)
    n = add(fma(a, LOG2E, ROUNDER), -ROUNDER)
    r = fma(n, -LN2_HIGH, a)
    r = fma(n, -LN2_LOW, r)
    p = fma(TAYLOR[7], r, TAYLOR[6])
    for k in (5, 4, 3, 2, 1, 0):
        p = fma(p, r, TAYLOR[k])
    return mul(p, float(Q(2) ** int(n)))


# --- section 6: activations
def quantize(block):
    amax = max(abs(sound(x)) for x in block)
    d = div(amax, 127.0)
    if d < 2.0 ** -126:
        return [0] * 32, 0.0
    inverse = div(1.0, d)
    return [max(-127, min(127, round(Q(mul(x, inverse))))) for x in block], d


# --- sections 7 and 8: weights
def dot(w, x):
    acc = 0.0
    for i, j in zip(w, x):
        acc = fma(i, j, acc)
    return acc


def matrix_row(kind, row, x):
    if formats.is_plain(kind):
        return sound(dot(formats.plain(kind, row), x))
    acc = 0.0
    for b, (integers, scale, minimum) in enumerate(formats.blocks(kind, row)):
        q, d = quantize(x[32 * b:32 * b + 32])
        product = sum(i * j for i, j in zip(q, integers))
        assert abs(product) < 2 ** 24
        acc = fma(float(product), mul(scale, d), acc)
        if minimum is not None:
            acc = fma(-float(sum(q)), mul(minimum, d), acc)
    return sound(acc)


def embedding(kind, row):
    if formats.is_plain(kind):
        return [sound(v) for v in formats.plain(kind, row)]
    out = []
    for integers, scale, minimum in formats.blocks(kind, row):
        for w in integers:
            out.append(mul(float(w), scale) if minimum is None else fma(float(w), scale, -minimum))
    return out


# --- section 9: normalisation
def norm(x, w, eps):
    squares = sound(sum_of_squares(x))
    factor = div(1.0, sqrt(add(div(squares, float(len(x))), eps)))
    return [sound(mul(mul(a, factor), b)) for a, b in zip(x, w)]


def head_norms(x, w, eps):
    return [y for i in range(0, len(x), len(w)) for y in norm(x[i:i + len(w)], w, eps)]


# --- section 10: rotation
def frequency(rope, i):
    plain = fdlibm.power(rope["base"], -2.0 * i / rope["dimensions"])
    return plain / (rope["factors"][i] if rope["factors"] else 1.0) / rope["scale"]


def angle(rope, position, i):
    """Cosine and sine as binary32."""
    a = position * frequency(rope, i)
    return f32(fdlibm.cos(a)), f32(fdlibm.sin(a))


def rotate(rope, x, position):
    x = list(x)
    half = rope["dimensions"] // 2
    for i in range(half):
        c, s = angle(rope, position, i)
        first, second = (2 * i, 2 * i + 1) if rope["layout"] == "INTERLEAVED" else (i, i + half)
        a, b = x[first], x[second]
        x[first], x[second] = sound(fma(a, c, -mul(b, s))), sound(fma(a, s, mul(b, c)))
    return x


# --- section 11: attention
def first_position(position, window):
    return max(0, position - window + 1) if window else 0


def score(query, key):
    return sound(mul(dot(query, key), div(1.0, sqrt(float(len(query))))))


def scores(query, keys, window):
    first = first_position(len(keys) - 1, window)
    return [0.0 if j < first else score(query, k) for j, k in enumerate(keys)]


def softmax(s, window):
    first = first_position(len(s) - 1, window)
    m = max(sound(x) for x in s[first:])
    e = [0.0 if j < first else exp(add(x, -m)) for j, x in enumerate(s)]
    total = chunked_sum(e)
    return [div(x, total) for x in e]


def mix(w, v):
    total = 0.0
    for i in range(0, len(w), 256):
        total = add(total, dot(w[i:i + 256], v[i:i + 256]))
    return sound(total)


# --- sections 12 and 13: single elements
def gated(g, u):
    return sound(mul(div(sound(g), add(1.0, exp(-g))), u))


def residual(a, b):
    return sound(add(a, b))


def cached(x):
    """Rounded to binary16."""
    return half_value(half_bits(x))


# --- section 14: sampling
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
    order = sorted(range(len(logits)), key=lambda i: (-sound(logits[i]), i))
    if temperature == 0:
        return order[0]
    m = logits[order[0]]
    e = [exp(div(add(x, -m), temperature)) for x in logits]
    order = [i for i in order if e[i] != 0]
    if 0 < top_k < len(logits):
        order = order[:top_k]
        e = [x if i in order else 0.0 for i, x in enumerate(e)]
    threshold = mul(top_p, chunked_sum(e)) if top_p < 1 else math.inf
    mass, kept = 0.0, []
    for i in order:
        if mass >= threshold:
            break
        mass = add(mass, e[i])
        kept.append(i)
    target, running = mul(uniform(seed, position), mass), 0.0
    for i in kept:
        running = add(running, e[i])
        if running > target:
            return i
    return kept[-1]
