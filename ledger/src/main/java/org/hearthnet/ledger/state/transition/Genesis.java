package org.hearthnet.ledger.state.transition;

import java.util.List;
import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.crypto.VrfProof;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.ledger.block.Beacon;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.BlockHeader;
import org.hearthnet.ledger.state.Account;
import org.hearthnet.ledger.state.Account.Stake;
import org.hearthnet.ledger.state.Keys;
import org.hearthnet.ledger.state.Overlay;
import org.hearthnet.ledger.state.StateDelta;
import org.hearthnet.ledger.state.StateReader;
import org.hearthnet.ledger.state.Supply;
import org.hearthnet.ledger.state.Tables;
import org.hearthnet.ledger.tree.StateTree;
import org.hearthnet.ledger.tree.TreeUpdate;

/**
 * The state and block of height 0: what follows from the chain specification. Allocations count as minted.
 *
 * @param block the genesis block; nobody signs it
 * @param delta all records
 * @param tree the first version of the tree over them
 */
public record Genesis(Block block, StateDelta delta, TreeUpdate tree) {
    private static final VrfProof NO_PROOF = new VrfProof(Bytes.of(new byte[VrfProof.BYTES]));

    private static final Signature NO_SIGNATURE = new Signature(Hash32.ZERO, Hash32.ZERO);

    /**
     * The genesis of {@code spec}.
     *
     * @throws IllegalArgumentException if two allocations are for one account
     */
    public static Genesis of(ChainSpec spec) {
        Overlay state = new Overlay(StateReader.NOTHING);
        Amount total = Amount.ZERO;
        Amount bonded = Amount.ZERO;
        for (ChainSpec.Allocation a : spec.allocations()) {
            if (Tables.ACCOUNTS.has(state, Keys.of(a.account()))) {
                throw new IllegalArgumentException("two allocations for " + a.account());
            }
            Tables.ACCOUNTS.put(state, Keys.of(a.account()), account(a));
            total = total.plus(a.balance()).plus(a.bond());
            bonded = bonded.plus(a.bond());
        }
        Tables.SUPPLY.put(state, Tables.ONLY, new Supply(total, Amount.ZERO, bonded, Amount.ZERO));
        Committees.begin(state, spec);
        StateDelta delta = state.delta();
        TreeUpdate tree = StateTree.empty().update(0, delta.changes());
        return new Genesis(block(spec, tree.root()), delta, tree);
    }

    private static Account account(ChainSpec.Allocation a) {
        if (a.reputation() < 0) {
            throw new IllegalArgumentException("negative reputation of " + a.account());
        }
        return Account.EMPTY
                .withBalance(a.balance())
                .withStake(new Stake(a.bond(), Amount.ZERO, List.of()))
                .withStanding(Account.EMPTY.standing().withReputation(a.reputation()));
    }

    private static Block block(ChainSpec spec, Hash32 root) {
        BlockHeader header = new BlockHeader(
                0,
                0,
                Hash32.ZERO,
                spec.timeMs(),
                Block.transactionsRoot(List.of()),
                root,
                NO_PROOF,
                Beacon.genesis(spec.id()),
                spec.committee().leader(0, 0));
        return new Block(header, NO_SIGNATURE, List.of());
    }
}
