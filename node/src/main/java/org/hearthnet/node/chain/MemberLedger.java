package org.hearthnet.node.chain;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.BlockHeader;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.member.MemberPorts;
import org.hearthnet.ledger.seat.SeatWork;
import org.hearthnet.ledger.seat.VoteKeys;
import org.hearthnet.ledger.state.transition.BlockBuilder;
import org.hearthnet.ledger.state.transition.Proposer;
import org.hearthnet.ledger.store.Chain;

/** The chain as a member of the committee sees it. */
final class MemberLedger implements MemberPorts.Ledger {
    private final Chain chain;
    private final KeyPair key;
    private final VoteKeys voteKeys;
    private final TransactionDesk desk;
    private final LongSupplier clockMs;
    private final Function<SealedBlock, Optional<String>> append;

    /** @param append adds a final block and tells whoever wants to know */
    MemberLedger(
            Chain chain,
            KeyPair key,
            VoteKeys voteKeys,
            TransactionDesk desk,
            LongSupplier clockMs,
            Function<SealedBlock, Optional<String>> append) {
        this.chain = chain;
        this.key = key;
        this.voteKeys = voteKeys;
        this.desk = desk;
        this.clockMs = clockMs;
        this.append = append;
    }

    @Override
    public BlockHeader tip() {
        return chain.tip();
    }

    @Override
    public Committee committee(long height) {
        return chain.committee(height);
    }

    @Override
    public Optional<Block> build(int view) {
        Optional<KeyPair> vote = SeatWork.key(voteKeys, chain.committee(tip().height() + 1), key.id());
        return vote.map(own -> {
            BlockBuilder.Built built =
                    chain.build(new Proposer(key, own), view, clockMs.getAsLong(), desk.candidates());
            desk.refused(built.rejected());
            return built.block();
        });
    }

    @Override
    public Optional<String> judge(Block block) {
        return chain.judge(block);
    }

    @Override
    public Optional<String> append(SealedBlock block) {
        return append.apply(block);
    }
}
