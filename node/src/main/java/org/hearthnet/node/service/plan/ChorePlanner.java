package org.hearthnet.node.service.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.rules.Reputation;
import org.hearthnet.genesis.rules.Role;
import org.hearthnet.ledger.state.Account;

/** What a node does for its own account after a block: a function of what the ledger says of it. */
public final class ChorePlanner {
    /** Transactions that stay affordable whatever is bonded: a verifier that cannot pay for a verdict misses its duty. */
    static final int RESERVED_TRANSACTIONS = 50;

    /** Most batches that the ledger lets wait for their withdrawal. */
    public static final int MAX_WAITING = 64;

    private final BondPolicy bond;

    /** Plans with {@code bond}. */
    public ChorePlanner(BondPolicy bond) {
        this.bond = bond;
    }

    /**
     * What to begin now.
     *
     * @param busy kinds that are under way, or failed a moment ago
     */
    public List<Chore> plan(AccountView view, Predicate<Chore.Kind> busy) {
        List<Chore> out = new ArrayList<>();
        if (view.account().standing().banned()) {
            if (view.matured()) {
                out.add(new Chore.Withdraw());
            }
        } else {
            faucet(view).ifPresent(out::add);
            if (!view.holdsWhole() && canPay(view)) {
                out.add(new Chore.Register());
            }
            bond(view).ifPresent(out::add);
            if (view.matured()) {
                out.add(new Chore.Withdraw());
            }
            if (mayClaim(view)) {
                out.add(new Chore.Claim());
            }
        }
        out.removeIf(chore -> busy.test(chore.kind()));
        return out;
    }

    private static Amount reserve(AccountView view) {
        return view.fee().times(RESERVED_TRANSACTIONS);
    }

    private static boolean canPay(AccountView view) {
        return view.account().balance().compareTo(view.fee()) >= 0;
    }

    private static Optional<Chore> faucet(AccountView view) {
        boolean gives = view.faucetGives() && !view.account().faucetUsed();
        boolean poor =
                view.account().balance().isZero() || view.account().balance().compareTo(reserve(view)) < 0;
        return gives && poor ? Optional.of(new Chore.AskFaucet()) : Optional.empty();
    }

    private Optional<Chore> bond(AccountView view) {
        Account account = view.account();
        Amount wanted = bond.wanted(view.parameters().minimumBond());
        Amount staked = account.stake().bond();
        int bar = Reputation.bar(view.parameters(), account.standing().convictions());
        if (account.standing().reputation() < bar || wanted.compareTo(staked) <= 0) {
            return Optional.empty();
        }
        Amount missing = wanted.minus(staked);
        boolean affordable = account.balance().compareTo(missing.plus(reserve(view))) >= 0;
        return affordable ? Optional.of(new Chore.PostBond(missing)) : Optional.empty();
    }

    private static boolean mayClaim(AccountView view) {
        Account account = view.account();
        return view.receipts()
                && account.role(view.parameters()) == Role.VETERAN
                && account.claims().lastEpoch() < view.nextEpoch()
                && account.claims().waiting() < MAX_WAITING
                && canPay(view);
    }
}
