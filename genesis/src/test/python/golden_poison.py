"""Operations that have no result, each with what the operation called so is given."""
import math

import arithmetic_v1 as a
from binary32 import Poison, f32, from_bits, half_bits, hexs
from formats import LAYOUTS, is_plain
from rows import extreme_row

BAD = [math.nan, math.inf, -math.inf, f32(1e30), -f32(1e30)]


def cases():
    ones = [1.0] * 32
    out = []

    def poison(operation, compute, **given):
        try:
            compute()
        except Poison:
            out.append({"operation": operation, **given})
            return
        raise AssertionError(operation + " has a result: " + str(given))

    def rows():
        yield "F32", b"\0\0\xc0\x7f" * 32, [1.0] * 32
        yield "F32", b"\0\0\x80\x7f" * 32, [0.0] * 32
        yield "F16", b"\0\xfc" * 32, ones
        yield "F16", b"\x01\x7c" * 32, ones
        yield "BF16", b"\x80\x7f" * 32, ones
        yield "F32", b"\xca\xf2\x49\x71" * 32, ones
        yield "F32", b"\xff\xff\x7f\x7f" * 32, [from_bits(0x71000000)] * 32
        for kind, (elements, _) in LAYOUTS.items():
            if not is_plain(kind):
                for scale in (0x7C00, 0xFC00, 0x7E00):
                    yield kind, extreme_row(kind, elements, scale), [0.0] * elements

    for kind, row, x in rows():
        poison("row", lambda: a.matrix_row(kind, row, x), type=kind, x=hexs(x), row=row.hex())
    for kind, row, x in rows():
        if max(map(abs, x)) <= 1:
            poison("embedding", lambda: a.embedding(kind, row), type=kind, row=row.hex())
    for bad in BAD:
        x = [0.0] * 31 + [bad]
        poison("quantize", lambda: a.quantize(x), x=hexs(x))
        poison("residual", lambda: a.residual(bad, 0.0), a=hexs([bad]), b=hexs([0.0]))
        poison("gated", lambda: a.gated(bad, 0.0), gate=hexs([bad]), up=hexs([0.0]))
        poison("softmax", lambda: a.softmax(x, 0), scores=hexs(x))
        poison("mix", lambda: a.mix(ones, x), weights=hexs(ones), column=hexs(x))
        poison("score", lambda: a.score(x, [8.0] * 32), query=hexs(x), key=hexs([8.0] * 32))
        poison("sample", lambda: a.sample(x, 0.0, 0, 1.0, 0, 0), logits=hexs(x))
        poison("half", lambda: half_bits(bad), x=hexs([bad]))
    for x in (65520.0, -65520.0):
        poison("half", lambda: half_bits(x), x=hexs([x]))
    big = [f32(2e15)] * 2
    poison("norm", lambda: a.norm(big, [1.0] * 2, 0.0), x=hexs(big), weight=hexs([1.0] * 2), epsilon=hexs([0.0]))
    large = f32(9e29)
    poison("residual", lambda: a.residual(large, large), a=hexs([large]), b=hexs([large]))
    poison("gated", lambda: a.gated(large, 2.0), gate=hexs([large]), up=hexs([2.0]))
    return out
