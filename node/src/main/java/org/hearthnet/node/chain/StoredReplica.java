package org.hearthnet.node.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.finality.SealedHeader;
import org.hearthnet.ledger.light.ProvenRecord;
import org.hearthnet.ledger.light.TrustStep;
import org.hearthnet.ledger.store.Chain;
import org.hearthnet.ledger.store.PastReader;
import org.hearthnet.ledger.store.PastStates;
import org.hearthnet.ledger.store.StoreException;
import org.hearthnet.ledger.tree.PathRange;

/** A chain and its store, as the follower and its peers need them. */
record StoredReplica(Chain chain, Function<SealedBlock, Optional<String>> appender) implements Replica {
    @Override
    public long height() {
        return chain.height();
    }

    @Override
    public SealedHeader tip() {
        return chain.store().header(chain.height()).orElseThrow();
    }

    @Override
    public Optional<SealedHeader> header(long height) {
        return chain.store().header(height);
    }

    @Override
    public List<SealedBlock> blocks(long from, int count, int targetBytes) {
        List<SealedBlock> out = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < count && bytes < targetBytes; i++) {
            Optional<SealedBlock> block = chain.store().sealed(from + i);
            if (block.isEmpty()) {
                break;
            }
            out.add(block.get());
            bytes += block.get().block().encode().length;
        }
        return out;
    }

    @Override
    public ProvenRecord prove(Bytes key) {
        Chain.Proven proven = chain.prove(key);
        return new ProvenRecord(chain.store().header(proven.height()).orElseThrow(), proven.proof());
    }

    @Override
    public PastReader.ProvenRange state(Hash32 block, Hash32 from, PathRange within, int targetBytes) {
        long height = chain.store()
                .heightOf(block)
                .orElseThrow(() -> new StoreException(StoreException.Reason.GONE, "there is no such block here"));
        return new PastReader(chain.store()).range(height, from, within, targetBytes);
    }

    @Override
    public long oldestState() {
        return chain.store().past().map(PastStates::oldest).orElseGet(this::height);
    }

    @Override
    public Optional<TrustStep> step(long height) {
        return height == 0
                ? Optional.empty()
                : chain.store().header(height).map(header -> new TrustStep(header, chain.committees(height)));
    }

    @Override
    public Optional<TrustStep> step(Hash32 block) {
        return chain.store().heightOf(block).flatMap(this::step);
    }

    @Override
    public Optional<String> append(SealedBlock block) {
        return appender.apply(block);
    }
}
