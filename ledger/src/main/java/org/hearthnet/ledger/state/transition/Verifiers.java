package org.hearthnet.ledger.state.transition;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.rules.Role;
import org.hearthnet.genesis.rules.VerifierWeight;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.ledger.state.Account;
import org.hearthnet.ledger.state.Account.Standing;
import org.hearthnet.ledger.state.Batch;
import org.hearthnet.ledger.state.Escrow;
import org.hearthnet.ledger.state.Holding;
import org.hearthnet.ledger.state.Keys;
import org.hearthnet.ledger.state.Table;
import org.hearthnet.ledger.state.Tables;

/**
 * Who may check a batch. Before a receipt is opened the ledger does not know its model and layers, so it draws from those
 * who hold every approved model as a whole and can check anything.
 */
final class Verifiers {
    private Verifiers() {}

    /**
     * Independent verifiers in order of id: no party to the batch's jobs, nobody in {@code tried}, no banned key.
     *
     * @param veterans only those who risk a bond themselves
     */
    static List<NodeId> eligible(Context context, Batch batch, List<NodeId> tried, boolean veterans) {
        Set<NodeId> excluded = parties(context, batch);
        excluded.addAll(tried);
        List<NodeId> out = new ArrayList<>();
        for (NodeId holder : context.holders(() -> holders(context))) {
            Account account = context.account(holder);
            boolean allowed = veterans
                    ? account.role(context.parameters()) == Role.VETERAN
                    : !account.standing().banned();
            if (allowed && !excluded.contains(holder)) {
                out.add(holder);
            }
        }
        return out;
    }

    /** By which each of {@code candidates} is drawn. */
    static long[] weights(Context context, List<NodeId> candidates) {
        long[] weights = new long[candidates.size()];
        boolean[] bonded = new boolean[weights.length];
        for (int i = 0; i < weights.length; i++) {
            Account account = context.account(candidates.get(i));
            Standing standing = account.standing();
            weights[i] = VerifierWeight.of(
                    context.parameters(), account.stake().bond(), standing.reputation(), standing.banned());
            bonded[i] = account.stake().bond().compareTo(context.parameters().minimumBond()) >= 0;
        }
        return VerifierWeight.drawn(weights, bonded);
    }

    /**
     * The executor, the clients who paid, and everybody their escrows did pay. A cap alone makes nobody a party: whoever wants
     * an honest verifier out of the draw would give it one.
     */
    private static Set<NodeId> parties(Context context, Batch batch) {
        Set<NodeId> out = new HashSet<>();
        out.add(batch.executor());
        for (Batch.Payment payment : batch.payments()) {
            out.add(payment.client());
            Optional<Escrow> escrow = Tables.ESCROWS.get(context.state(), Keys.of(payment.escrow()));
            escrow.ifPresent(
                    e -> e.shares().stream().filter(s -> !s.redeemed().isZero()).forEach(s -> out.add(s.executor())));
        }
        return out;
    }

    private static Set<NodeId> holders(Context context) {
        Set<NodeId> out = null;
        for (ModelManifest model : context.spec().models()) {
            Set<NodeId> these = holders(context, model);
            if (out == null) {
                out = these;
            } else {
                out.retainAll(these);
            }
        }
        return out == null ? Set.of() : out;
    }

    private static Set<NodeId> holders(Context context, ModelManifest model) {
        Hash32 manifest = context.rules().manifest(model);
        Set<NodeId> out = new TreeSet<>();
        for (Table.Row<Holding> row :
                Tables.HOLDINGS.scan(context.state(), Keys.of(manifest), HoldingRule.MAX_HOLDERS)) {
            Holding holding = row.value();
            if (holding.span().count() == model.shape().layers() && holding.activeFrom() <= context.epoch()) {
                out.add(new NodeId(Keys.lastHash(row.key())));
            }
        }
        return out;
    }
}
