"""Writes the golden traces of small models, every result of every operation:
python3 trace_v1.py > ../../../../verifier/src/test/resources/arithmetic/trace-v1.json

The fields are described in docs/arithmetic.md, section 18. Only the standard library is needed.
"""
import itertools
import json
import random
import struct

from binary32 import f32, half_bits, hexf, hexs
from model_v1 import Model
from rows import random_row

LLAMA = {
    "architecture": "llama", "layers": 2, "hidden": 32, "heads": 4, "kvHeads": 2, "headSize": 8, "ffn": 32,
    "vocabulary": 16, "epsilon": f32(1e-5), "window": 2, "endTokens": [15],
    "rope": {"layout": "INTERLEAVED", "dimensions": 6, "base": f32(10000), "scale": 2.0, "factors": [1.0, 2.5, 8.0]}}
QWEN2 = {
    "architecture": "qwen2", "layers": 1, "hidden": 32, "heads": 4, "kvHeads": 2, "headSize": 8, "ffn": 64,
    "vocabulary": 16, "epsilon": f32(1e-6), "window": 0, "endTokens": [15],
    "rope": {"layout": "HALVES", "dimensions": 8, "base": f32(1e6), "scale": 1.0, "factors": []}}
QWEN3 = {
    "architecture": "qwen3", "layers": 1, "hidden": 32, "heads": 2, "kvHeads": 1, "headSize": 32, "ffn": 32,
    "vocabulary": 16, "epsilon": f32(1e-6), "window": 0, "endTokens": [15],
    "rope": {"layout": "HALVES", "dimensions": 32, "base": f32(1e6), "scale": 1.0, "factors": []}}


def tensors(shape, one, other, r):
    """Random weights; every second matrix in another format."""
    out = {}
    formats = itertools.cycle([one, other])

    def matrix(name, rows, columns):
        kind = next(formats)
        out[name + ".weight"] = kind, [random_row(kind, columns, r, (2 / columns) ** 0.5) for _ in range(rows)]

    def vector(name, length, low, high):
        out[name] = "F32", [struct.pack("<%df" % length, *[f32(r.uniform(low, high)) for _ in range(length)])]

    hidden, queries, keys = shape["hidden"], shape["heads"] * shape["headSize"], shape["kvHeads"] * shape["headSize"]
    matrix("token_embd", shape["vocabulary"], hidden)
    for layer in range(shape["layers"]):
        block = "blk.%d." % layer
        for norm, length in (("attn_norm", hidden), ("ffn_norm", hidden)):
            vector(block + norm + ".weight", length, 0.75, 1.25)
        for part, rows in (("attn_q", queries), ("attn_k", keys), ("attn_v", keys)):
            matrix(block + part, rows, hidden)
            if shape["architecture"] == "qwen2":
                vector(block + part + ".bias", rows, -0.5, 0.5)
        if shape["architecture"] == "qwen3":
            vector(block + "attn_q_norm.weight", shape["headSize"], 0.75, 1.25)
            vector(block + "attn_k_norm.weight", shape["headSize"], 0.75, 1.25)
        matrix(block + "attn_output", hidden, queries)
        matrix(block + "ffn_gate", shape["ffn"], hidden)
        matrix(block + "ffn_up", shape["ffn"], hidden)
        matrix(block + "ffn_down", hidden, shape["ffn"])
    vector("output_norm.weight", hidden, 0.75, 1.25)
    if shape["architecture"] == "llama":
        matrix("output", shape["vocabulary"], hidden)
    return out


def written(kind, vector):
    """Cached values as the four digits of their sixteen bits, all others as eight."""
    return " ".join("%04x" % half_bits(e) for e in vector) if kind in ("K_CACHE", "V_CACHE") else hexs(vector)


def trace(shape, weights, prompt, most, sampler):
    model = Model(shape, weights)
    tokens = model.run(prompt, most, sampler)
    rope = shape["rope"]
    return {
        "shape": {**shape, "epsilon": hexf(shape["epsilon"]),
                  "rope": {**rope, "base": hexf(rope["base"]), "scale": hexf(rope["scale"]),
                           "factors": hexs(rope["factors"])}},
        "tensors": [{"name": name, "type": kind, "rows": [row.hex() for row in rows]}
                    for name, (kind, rows) in weights.items()],
        "prompt": prompt,
        "sampler": {**sampler, "temperature": hexf(sampler["temperature"]), "topP": hexf(sampler["topP"]),
                    "seed": "%016x" % sampler["seed"]},
        "tokens": tokens,
        "results": [{"layer": layer, "position": position, "operation": kind, "vector": written(kind, vector)}
                    for (layer, position, kind), vector in model.results.items()]}


def main():
    r = random.Random(2026)
    greedy = {"temperature": 0.0, "topK": 0, "topP": 1.0, "seed": 0}
    drawn = {"temperature": f32(0.8), "topK": 10, "topP": f32(0.95), "seed": 0x123456789ABCDEF0}
    print(json.dumps([
        trace(LLAMA, tensors(LLAMA, "Q8_0", "F16", r), [3, 1, 4], 7, drawn),
        trace(QWEN2, tensors(QWEN2, "Q8_0", "F32", r), [1, 5, 9], 6, greedy),
        trace(QWEN3, tensors(QWEN3, "Q4_0", "BF16", r), [2, 6], 6, drawn)], indent=1))


if __name__ == "__main__":
    main()
