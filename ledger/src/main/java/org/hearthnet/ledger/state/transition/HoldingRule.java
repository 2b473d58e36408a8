package org.hearthnet.ledger.state.transition;

import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.ledger.block.TransactionBody.RegisterHolding;
import org.hearthnet.ledger.block.TransactionBody.ReleaseHolding;
import org.hearthnet.ledger.state.Account;
import org.hearthnet.ledger.state.Holding;
import org.hearthnet.ledger.state.Keys;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.ledger.state.Tables;

/** Who holds which model. */
final class HoldingRule {
    /** Most holders of one model: a draw reads them all. */
    static final int MAX_HOLDERS = 4096;

    private HoldingRule() {}

    static void apply(Context context, NodeId sender, RegisterHolding body) {
        ModelManifest model = context.rules()
                .model(body.manifest())
                .orElseThrow(() -> new Refusal("no approved model " + body.manifest()));
        Refusal.unless(
                body.span().to() <= model.shape().layers(),
                "the model has only " + model.shape().layers() + " layers");
        Bytes key = Keys.of(body.manifest(), sender.key());
        if (!Tables.HOLDINGS.has(context.state(), key)) {
            int holders = Tables.HOLDINGS
                    .scan(context.state(), Keys.of(body.manifest()), MAX_HOLDERS)
                    .size();
            Refusal.unless(holders < MAX_HOLDERS, "the model has " + MAX_HOLDERS + " holders already");
            Account account = context.account(sender);
            context.put(sender, account.withHoldings(account.holdings() + 1));
        }
        Tables.HOLDINGS.put(context.state(), key, new Holding(body.span(), context.epoch() + 1));
        context.holdersChanged();
        context.emit(new LedgerEvent.HoldingChanged(sender, body.manifest(), true));
    }

    static void apply(Context context, NodeId sender, ReleaseHolding body) {
        Bytes key = Keys.of(body.manifest(), sender.key());
        Refusal.unless(Tables.HOLDINGS.has(context.state(), key), "no such holding");
        Tables.HOLDINGS.remove(context.state(), key);
        Account account = context.account(sender);
        context.put(sender, account.withHoldings(account.holdings() - 1));
        context.holdersChanged();
        context.emit(new LedgerEvent.HoldingChanged(sender, body.manifest(), false));
    }
}
