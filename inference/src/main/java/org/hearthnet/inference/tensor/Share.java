package org.hearthnet.inference.tensor;

import java.util.ArrayList;
import java.util.List;
import org.hearthnet.genesis.arithmetic.Arithmetic;
import org.hearthnet.inference.kernel.AttentionShape;

/**
 * What one member of a group computes of every layer: rows of each matrix, after Megatron-LM (Shoeybi et al., 2019), but with
 * the output and down projections shared out by rows as well. A product is then never a sum over members, which would depend
 * on their number.
 *
 * @param member its number
 * @param hidden elements of the residual stream
 * @param heads query heads
 * @param kvHeads the key-value heads that these use; two members may hold the same one
 * @param feedForward rows of the gate and up projections
 * @param vocabulary logits
 */
public record Share(int member, Slice hidden, Slice heads, Slice kvHeads, Slice feedForward, Slice vocabulary) {
    /** Most members of a group. */
    public static final int MAX_MEMBERS = 16;

    /**
     * Shares of {@code members} members, as even as whole blocks and heads allow.
     *
     * @throws IllegalArgumentException if the model cannot be shared by so many; the text says why
     */
    public static List<Share> of(int hidden, AttentionShape attention, int feedForward, int vocabulary, int members) {
        if (members < 1 || members > MAX_MEMBERS) {
            throw new IllegalArgumentException("a group has 1 to " + MAX_MEMBERS + " members, not " + members);
        }
        List<Slice> residual = even(hidden, unit(hidden), members, "elements of the residual stream");
        List<Slice> inner = even(feedForward, unit(feedForward), members, "rows of the feed-forward layer");
        List<Slice> heads = heads(attention, members);
        List<Slice> logits = even(vocabulary, 1, members, "tokens");
        List<Share> shares = new ArrayList<>();
        int group = attention.heads() / attention.kvHeads();
        for (int m = 0; m < members; m++) {
            Slice own = heads.get(m);
            Slice kv = new Slice(own.from() / group, (own.to() + group - 1) / group);
            shares.add(new Share(m, residual.get(m), own, kv, inner.get(m), logits.get(m)));
        }
        return List.copyOf(shares);
    }

    /** The heads of this share, with the head size and window of {@code whole}. */
    public AttentionShape attention(AttentionShape whole) {
        return new AttentionShape(heads.size(), kvHeads.size(), whole.headDim(), whole.window());
    }

    /** A vector is cut between blocks, so that each block is quantised by one member. */
    private static int unit(int width) {
        return width % Arithmetic.BLOCK == 0 ? Arithmetic.BLOCK : 1;
    }

    /**
     * Query heads, cut between blocks of the mixed values, and either between groups of heads that share keys, or so that each
     * member stays inside one group.
     */
    private static List<Slice> heads(AttentionShape attention, int members) {
        int heads = attention.heads();
        int group = heads / attention.kvHeads();
        int blocks = heads * attention.headDim() % Arithmetic.BLOCK == 0 ? blockHeads(attention.headDim()) : 1;
        int whole = lcm(blocks, group);
        if (heads % whole == 0 && heads / whole >= members) {
            return even(heads, whole, members, "groups of heads");
        }
        if (members % attention.kvHeads() == 0 && group % blocks == 0) {
            List<Slice> inside = even(group, blocks, members / attention.kvHeads(), "heads of a group");
            List<Slice> out = new ArrayList<>();
            for (int kv = 0; kv < attention.kvHeads(); kv++) {
                for (Slice slice : inside) {
                    out.add(new Slice(kv * group + slice.from(), kv * group + slice.to()));
                }
            }
            return out;
        }
        throw new IllegalArgumentException(members + " members cannot share " + heads + " heads of "
                + attention.headDim() + " over " + attention.kvHeads() + " key-value heads");
    }

    /** The fewest heads whose values fill whole blocks. */
    private static int blockHeads(int headDim) {
        return lcm(headDim, Arithmetic.BLOCK) / headDim;
    }

    private static int lcm(int a, int b) {
        int x = a;
        int y = b;
        while (y != 0) {
            int rest = x % y;
            x = y;
            y = rest;
        }
        return a / x * b;
    }

    private static List<Slice> even(int total, int unit, int members, String what) {
        int units = total / unit;
        if (units < members) {
            throw new IllegalArgumentException(
                    members + " members cannot share " + total + " " + what + " in pieces of " + unit);
        }
        List<Slice> out = new ArrayList<>();
        for (int m = 0; m < members; m++) {
            out.add(new Slice(m * units / members * unit, (m + 1) * units / members * unit));
        }
        return out;
    }
}
