"""Writes the golden vectors of single operations: python3 golden_v1.py > ../resources/arithmetic/golden-v1.json

The fields are described in docs/arithmetic.md, section 17. Only the standard library is needed.
"""
import json
import math
import random
import struct

import arithmetic_v1 as a
import fdlibm
import golden_poison
from binary32 import f32, half_bits, hexf, hexs
from formats import LAYOUTS, is_plain
from rows import extreme_row, random_row

R = random.Random(2026)
EPSILON = f32(1e-5)


def hexd(d):
    return struct.pack(">d", d).hex()


def rand(n, spread=1.0):
    return [f32(R.gauss(0, spread)) for _ in range(n)]


def cases_quantize():
    ties = [f32(127.0)] + [f32(k + 0.5) for k in range(-16, 15)]
    tiny = [math.ldexp(k, -149) for k in range(32)]
    small = [math.ldexp(127 - k, -126) for k in range(32)]
    below = [math.ldexp(127 - k, -127) for k in range(32)]
    out = []
    for b in (rand(32), rand(32, 1e-3), rand(32, 1e20), ties, tiny, small, below, [-0.0] * 32):
        q, d = a.quantize(b)
        out.append({"x": hexs(b), "quants": " ".join(map(str, q)), "scale": hexf(d)})
    return out


def inputs(n):
    """Activations that reach the corners: all of the greatest magnitude, tiny, and some blocks of zeros."""
    small = [math.ldexp(R.randint(-127, 127), -126) for _ in range(n)]
    gaps = [0.0 if i // 32 % 2 == 0 else x for i, x in enumerate(rand(n))]
    return {"same": [3.0] * n, "negative": [-3.0] * n, "small": small, "gaps": gaps}


def row_case(kind, row, x):
    return {"type": kind, "x": hexs(x), "row": row.hex(), "y": hexf(a.matrix_row(kind, row, x))}


def cases_rows():
    out = []
    for kind, (elements, _) in LAYOUTS.items():
        n = max(elements, 64)
        for columns in ((32, 96, 256) if elements == 1 else (elements, 2 * elements)):
            out.append(row_case(kind, random_row(kind, columns, R, 0.1), rand(columns, 2.0)))
        x = inputs(n)
        out.append(row_case(kind, random_row(kind, n, R, 1.0), x["gaps"]))
        out.append(row_case(kind, random_row(kind, n, R, 1e-3), x["small"]))
        if is_plain(kind):
            tiny = random_row("F32", n, R, 1e-38) if kind == "F32" else random_row(kind, n, R, 1e-6)
            out.append(row_case(kind, tiny, x["small"]))
            continue
        # Scales: zero of both signs, the largest of both signs, the smallest subnormal of both signs.
        for scale in (0x0000, 0x8000, 0x7BFF, 0xFBFF, 0x0001, 0x8001):
            out.append(row_case(kind, extreme_row(kind, n, scale), x["same"]))
        out.append(row_case(kind, extreme_row(kind, n, 0x7BFF), x["negative"]))
        for scale in (0x0001, 0x0400):
            out.append(row_case(kind, extreme_row(kind, n, scale), x["small"]))
    return out


def cases_embedding():
    out = []
    for kind, (elements, _) in LAYOUTS.items():
        n = max(elements, 32)
        rows = [random_row(kind, n, R, 0.1)]
        if not is_plain(kind):
            rows += [extreme_row(kind, n, scale) for scale in (0x8000, 0xFBFF, 0x0001)]
        out += [{"type": kind, "row": row.hex(), "y": hexs(a.embedding(kind, row))} for row in rows]
    return out


def cases_exp():
    xs = [0.0, -0.0, 1.0, -1.0, 88.0, 100.0, -87.0, -87.00001, -1000.0, 0.34657359, -0.34657359, 1e-40]
    xs = [f32(x) for x in xs] + [-math.inf] + [f32(R.uniform(-90, 90)) for _ in range(60)] + rand(30)
    return {"x": hexs(xs), "y": hexs([a.exp(x) for x in xs])}


def cases_norm():
    out = []
    for n in (1, 15, 64, 100):
        x, w = rand(n, 3.0), rand(n)
        out.append({"x": hexs(x), "weight": hexs(w), "epsilon": hexf(EPSILON), "y": hexs(a.norm(x, w, EPSILON))})
    zero = [-0.0] * 20
    out.append({"x": hexs(zero), "weight": hexs([1.0] * 20), "epsilon": hexf(EPSILON),
                "y": hexs(a.norm(zero, [1.0] * 20, EPSILON))})
    return out


def cases_head_norms():
    out = []
    for heads, size in ((1, 8), (3, 16), (2, 20)):
        x, w = rand(heads * size, 3.0), rand(size)
        out.append({"x": hexs(x), "weight": hexs(w), "epsilon": hexf(f32(1e-6)),
                    "y": hexs(a.head_norms(x, w, f32(1e-6)))})
    return out


def cases_functions():
    powers, angles = [], [0.0, 1e-9, 0.3, 0.75, 0.78539816, 0.7854, 2.356, 2.357, 1048575.9]
    for base in (1.0, 1.5, 2.0, 10000.0, 500000.0, 1e6, 1e29):
        for dimensions in (4, 64, 96, 128, 4096):
            i = R.randrange(dimensions // 2)
            powers.append((f32(base), -2.0 * i / dimensions))
    for n in (1, 2, 3, 4, 7, 31, 32, 33, 1000, 98765, 600000):
        angles += [n * (math.pi / 2), n * (math.pi / 2) * (1 + 2.0 ** -30), n * (math.pi / 4)]
    angles += [R.uniform(0, 2 ** R.randint(0, 20)) for _ in range(40)]
    return {"power": [{"x": hexd(x), "y": hexd(y), "z": hexd(fdlibm.power(x, y))} for x, y in powers],
            "circle": [{"angle": hexd(x), "cosine": hexd(fdlibm.cos(x)), "sine": hexd(fdlibm.sin(x))} for x in angles]}


def cases_rope():
    llama3 = [1.0] * 6 + [f32(1 + 7 * k / 9) for k in range(1, 10)] + [8.0] * 17
    cases = [(p, layout, 64, 64, f32(b), 1.0, f) for layout in ("INTERLEAVED", "HALVES")
             for p, b, f in ((1, 10000.0, []), (4095, 500000.0, llama3))]
    cases += [(0, "INTERLEAVED", 8, 8, 10000.0, 1.0, []), (511, "INTERLEAVED", 32, 40, 10000.0, 1.0, []),
              (511, "HALVES", 32, 40, 10000.0, 1.0, []), (77, "HALVES", 6, 8, 1e6, f32(2.5), [1.0, 2.5, 8.0]),
              (1048575, "INTERLEAVED", 16, 16, 10000.0, 4.0, [])]
    out = []
    for position, layout, dimensions, size, base, scale, factors in cases:
        rope = {"layout": layout, "dimensions": dimensions, "base": base, "scale": scale, "factors": factors}
        x = rand(size)
        out.append({"layout": layout, "dimensions": dimensions, "base": hexf(base), "scale": hexf(scale),
                    "factors": hexs(factors), "position": position,
                    "frequencies": " ".join(hexd(a.frequency(rope, i)) for i in range(dimensions // 2)),
                    "angles": hexs([v for i in range(dimensions // 2) for v in a.angle(rope, position, i)]),
                    "x": hexs(x), "y": hexs(a.rotate(rope, x, position))})
    return out


def cases_attention():
    out = []
    for positions, dim, window in ((1, 4, 0), (20, 16, 0), (300, 8, 0), (20, 16, 1), (20, 8, 7), (20, 8, 20),
                                   (300, 4, 40), (530, 4, 100)):
        q = rand(dim, 2.0)
        keys = [[a.cached(v) for v in rand(dim)] for _ in range(positions)]
        column = [a.cached(v) for v in rand(positions)]
        s = a.scores(q, keys, window)
        w = a.softmax(s, window)
        out.append({"window": window, "query": hexs(q), "keys": [hexs(k) for k in keys], "column": hexs(column),
                    "scores": hexs(s), "weights": hexs(w), "mix": hexf(a.mix(w, column))})
    return out


def pairs(operation):
    x = [f32(v) for v in (0.0, -0.0, 90.0, -90.0, -200.0, 1e20, 1e-40)] + rand(40, 4.0)
    y = [-0.0] * 2 + rand(len(x) - 2)
    return hexs(x), hexs(y), hexs([operation(p, q) for p, q in zip(x, y)])


def cases_half():
    xs = [f32(x) for x in (0.0, -0.0, 1.0, 65519.0, 6.1e-5, 5.9e-8, 2.98e-8, 2.99e-8, 1e-10, 1.00048828125,
                           1.00146484375)] + rand(20)
    xs += [-x for x in xs]
    return {"x": hexs(xs), "bits": " ".join("%04x" % half_bits(x) for x in xs)}


def cases_sampler():
    out = []
    ties = [f32(x) for x in (1.0, 3.0, 3.0, 2.0, 3.0, -1.0)]
    zeros = [-0.0, 0.0, -1.0, 0.0, -0.0]
    settings = [(0.0, 0, 1.0), (f32(0.8), 0, f32(0.95)), (1.0, 5, 1.0), (1.0, 2, f32(0.5)), (f32(0.1), 0, f32(0.3)),
                (f32(1.5), 40, f32(0.9)), (f32(1e-30), 0, f32(0.9)), (100.0, 0, 1.0), (math.ldexp(1, -149), 0, 1.0),
                (1.0, 0, f32(1e-10))]
    for logits in ([0.0] * 30, ties, zeros, rand(300, 3.0)):
        for t, k, p in settings:
            for seed, position in ((0, 0), (0x123456789ABCDEF0, 41), (2 ** 63 + 5, 100000)):
                out.append({"logits": hexs(logits), "temperature": hexf(t), "topK": k, "topP": hexf(p),
                            "seed": "%016x" % seed, "position": position,
                            "token": a.sample(logits, t, k, p, seed, position)})
    return out


def main():
    assert a.philox([0] * 4, [0] * 2) == [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]
    gated, residual = pairs(a.gated), pairs(a.residual)
    golden = {
        "arithmetic": 1,
        "quantize": cases_quantize(),
        "rows": cases_rows(),
        "embedding": cases_embedding(),
        "exp": cases_exp(),
        "norm": cases_norm(),
        "headNorms": cases_head_norms(),
        "functions": cases_functions(),
        "rope": cases_rope(),
        "attention": cases_attention(),
        "gated": {"gate": gated[0], "up": gated[1], "y": gated[2]},
        "residual": {"a": residual[0], "b": residual[1], "y": residual[2]},
        "half": cases_half(),
        "uniform": [{"seed": "%016x" % s, "position": p, "u": hexf(a.uniform(s, p))}
                    for s, p in ((0, 0), (1, 2), (0xFEDCBA9876543210, 511))],
        "sampler": cases_sampler(),
        "poison": golden_poison.cases(),
    }
    print(json.dumps(golden, indent=1))


if __name__ == "__main__":
    main()
