"""A whole model in the canonical arithmetic: docs/arithmetic.md, section 15, position by position."""
import arithmetic_v1 as a


class Model:
    """Shape, tensors by name as (type, rows of bytes), and the cache; remembers every result as (layer, position, kind)."""

    def __init__(self, shape, tensors):
        self.shape = shape
        self.tensors = tensors
        self.keys = [[] for _ in range(shape["layers"])]
        self.values = [[] for _ in range(shape["layers"])]
        self.results = {}

    def keep(self, layer, position, kind, vector):
        self.results[layer, position, kind] = vector
        return vector

    def vector(self, name):
        kind, rows = self.tensors[name]
        return a.embedding(kind, rows[0])

    def project(self, name, x):
        kind, rows = self.tensors[name + ".weight"]
        y = [a.matrix_row(kind, row, x) for row in rows]
        if name + ".bias" in self.tensors:
            y = [a.residual(p, q) for p, q in zip(y, self.vector(name + ".bias"))]
        return y

    def norm(self, name, x):
        return a.head_norms(x, self.vector(name + ".weight"), self.shape["epsilon"])

    def step(self, token, position):
        """One position through all layers: the residual stream."""
        kind, rows = self.tensors["token_embd.weight"]
        x = self.keep(0, position, "EMBED", a.embedding(kind, rows[token]))
        for layer in range(self.shape["layers"]):
            x = self.layer(layer, position, x)
        return x

    def layer(self, layer, position, x):
        def keep(kind, vector):
            return self.keep(layer, position, kind, vector)

        block = "blk.%d." % layer
        normed = keep("ATTN_NORM", self.norm(block + "attn_norm", x))
        q = keep("Q", self.project(block + "attn_q", normed))
        k = keep("K", self.project(block + "attn_k", normed))
        v = keep("V", self.project(block + "attn_v", normed))
        if block + "attn_q_norm.weight" in self.tensors:
            q = keep("Q_NORM", self.norm(block + "attn_q_norm", q))
            k = keep("K_NORM", self.norm(block + "attn_k_norm", k))
        q = keep("Q_ROPE", self.rotated(q, position))
        self.keys[layer].append(keep("K_CACHE", [a.cached(e) for e in self.rotated(k, position)]))
        self.values[layer].append(keep("V_CACHE", [a.cached(e) for e in v]))
        mix = self.attention(layer, q, keep)
        out = keep("ATTN_OUT", self.project(block + "attn_output", mix))
        middle = keep("RESIDUAL_MID", [a.residual(p, r) for p, r in zip(x, out)])
        normed = keep("FFN_NORM", self.norm(block + "ffn_norm", middle))
        gate = keep("GATE", self.project(block + "ffn_gate", normed))
        up = keep("UP", self.project(block + "ffn_up", normed))
        act = keep("ACT", [a.gated(g, u) for g, u in zip(gate, up)])
        down = keep("DOWN", self.project(block + "ffn_down", act))
        return keep("RESIDUAL_OUT", [a.residual(p, r) for p, r in zip(middle, down)])

    def heads(self, vector):
        size = self.shape["headSize"]
        return [vector[i:i + size] for i in range(0, len(vector), size)]

    def rotated(self, vector, position):
        return [e for head in self.heads(vector) for e in a.rotate(self.shape["rope"], head, position)]

    def attention(self, layer, queries, keep):
        scores, weights, mix = [], [], []
        group = self.shape["heads"] // self.shape["kvHeads"]
        for h, query in enumerate(self.heads(queries)):
            keys = [self.heads(k)[h // group] for k in self.keys[layer]]
            values = [self.heads(v)[h // group] for v in self.values[layer]]
            s = a.scores(query, keys, self.shape["window"])
            w = a.softmax(s, self.shape["window"])
            scores += s
            weights += w
            mix += [a.mix(w, [v[d] for v in values]) for d in range(self.shape["headSize"])]
        keep("ATTN_SCORES", scores)
        keep("ATTN_WEIGHTS", weights)
        return keep("ATTN_MIX", mix)

    def draw(self, x, position, sampler):
        """The token after a position of which the residual stream is x."""
        head = self.shape["layers"]
        normed = self.keep(head, position, "OUT_NORM", self.norm("output_norm", x))
        output = "output" if "output.weight" in self.tensors else "token_embd"
        logits = self.keep(head, position, "LOGITS", self.project(output, normed))
        return a.sample(logits, sampler["temperature"], sampler["topK"], sampler["topP"], sampler["seed"], position)

    def run(self, prompt, most, sampler):
        """Prompt and answer; the answer ends at an end token or at this many tokens in all."""
        tokens = list(prompt)
        position = 0
        while len(tokens) < most:
            x = self.step(tokens[position], position)
            if position >= len(prompt) - 1:
                tokens.append(self.draw(x, position, sampler))
                if tokens[-1] in self.shape["endTokens"]:
                    break
            position += 1
        return tokens
