package org.hearthnet.ledger.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.rules.AuditRate;
import org.hearthnet.genesis.rules.Exposure;
import org.hearthnet.genesis.rules.Role;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.genesis.spec.Parameters;
import org.hearthnet.ledger.block.BlockHeader;
import org.hearthnet.ledger.state.Account;
import org.hearthnet.ledger.state.Batch;
import org.hearthnet.ledger.state.Conviction;
import org.hearthnet.ledger.state.Dispute;
import org.hearthnet.ledger.state.Duty;
import org.hearthnet.ledger.state.Escrow;
import org.hearthnet.ledger.state.Holding;
import org.hearthnet.ledger.state.Keys;
import org.hearthnet.ledger.state.OpenedReceipt;
import org.hearthnet.ledger.state.StateReader;
import org.hearthnet.ledger.state.Supply;
import org.hearthnet.ledger.state.Table;
import org.hearthnet.ledger.state.Tables;
import org.hearthnet.ledger.state.transition.BlockExecution;
import org.hearthnet.ledger.state.transition.Committees;
import org.hearthnet.ledger.state.transition.Rules;

/** Questions about the state after one block. */
public final class LedgerView {
    private final Rules rules;
    private final BlockHeader header;
    private final StateReader state;

    LedgerView(Rules rules, BlockHeader header, StateReader state) {
        this.rules = rules;
        this.header = header;
        this.state = state;
    }

    private Parameters parameters() {
        return rules.spec().parameters();
    }

    /** The header of the block. */
    public BlockHeader header() {
        return header;
    }

    /** The epoch that the next block is in. */
    public long nextEpoch() {
        return (header.height() + 1) / parameters().epochBlocks();
    }

    /** What each transaction of the next block pays. */
    public Amount baseFee() {
        return BlockExecution.preview(rules, state, header.height() + 1, header.beacon())
                .baseFee();
    }

    /** All records. */
    public StateReader state() {
        return state;
    }

    /** An account; an empty one if nobody has heard of it. */
    public Account account(NodeId node) {
        return Tables.ACCOUNTS.get(state, Keys.of(node)).orElse(Account.EMPTY);
    }

    /** The role of an account. */
    public Role role(NodeId node) {
        return account(node).role(parameters());
    }

    /** An executor's audit rate, thousandths. */
    public int auditRate(NodeId node) {
        return AuditRate.thousandths(parameters(), account(node).standing().record());
    }

    /** The largest fee that an executor may claim for one receipt. */
    public Amount largestFee(NodeId node) {
        return Exposure.largestFee(parameters(), account(node).stake().bond(), auditRate(node));
    }

    /** Who votes on the block of {@code height}; nothing more than two epochs ahead. */
    public Optional<Committee> committee(long height) {
        return Committees.find(state, parameters().epochBlocks(), height);
    }

    /** The totals. */
    public Supply supply() {
        return Tables.SUPPLY.get(state, Tables.ONLY).orElseThrow();
    }

    /** An escrow. */
    public Optional<Escrow> escrow(Hash32 id) {
        return Tables.ESCROWS.get(state, Keys.of(id));
    }

    /** A batch. */
    public Optional<Batch> batch(Hash32 id) {
        return Tables.BATCHES.get(state, Keys.of(id));
    }

    /** A duty, also a closed one. */
    public Optional<Duty> duty(Hash32 id) {
        return Tables.DUTIES.get(state, Keys.of(id));
    }

    /** Up to {@code limit} open duties in which {@code node} is verifier or executor. */
    public List<Duty> openDuties(NodeId node, int limit) {
        List<Duty> out = new ArrayList<>();
        for (var row : Tables.OPEN_DUTIES.scan(state, Keys.of(node), limit)) {
            duty(Keys.lastHash(row.key())).ifPresent(out::add);
        }
        return out;
    }

    /** The open dispute that grew out of a duty. */
    public Optional<Dispute> dispute(Hash32 duty) {
        return Tables.DISPUTES.get(state, Keys.of(duty));
    }

    /** A receipt that was opened and whose case is open. */
    public Optional<OpenedReceipt> openedReceipt(Hash32 batch, int index) {
        return Tables.RECEIPTS.get(state, Keys.of(batch, index));
    }

    /** What {@code node} holds of a model. */
    public Optional<Holding> holding(Hash32 manifest, NodeId node) {
        return Tables.HOLDINGS.get(state, Keys.of(manifest, node.key()));
    }

    /** Up to {@code limit} convictions. */
    public List<Conviction> convictions(int limit) {
        return Tables.CONVICTIONS.scan(state, Bytes.EMPTY, limit).stream()
                .map(Table.Row::value)
                .toList();
    }

    /** An account with its owner. */
    public record AccountOf(NodeId node, Account account) {}

    /** Up to {@code limit} accounts from {@code from} on, in order of id. */
    public List<AccountOf> accounts(NodeId from, int limit) {
        return Tables.ACCOUNTS.scanFrom(state, Keys.of(from), limit).stream()
                .map(row -> new AccountOf(new NodeId(Keys.lastHash(row.key())), row.value()))
                .toList();
    }

    /** Where all credits are. */
    public Holdings holdings() {
        return Holdings.of(state);
    }
}
