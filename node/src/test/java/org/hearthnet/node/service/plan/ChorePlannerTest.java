package org.hearthnet.node.service.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.spec.Parameters;
import org.hearthnet.ledger.state.Account;
import org.hearthnet.node.app.NetworkPreset;
import org.junit.jupiter.api.Test;

class ChorePlannerTest {
    private static final Parameters PARAMETERS = NetworkPreset.demo();
    private static final Amount RICH = Amount.credits(50);

    private static Account account(Amount balance, Amount bond, int reputation, int convictions, boolean banned) {
        return Account.EMPTY
                .withBalance(balance)
                .withFaucetUsed()
                .withStake(new Account.Stake(bond, Amount.ZERO, List.of()))
                .withStanding(new Account.Standing(reputation, 0, 0, 0, 0, convictions, banned));
    }

    private static AccountView view(Account account, boolean holds, boolean matured, boolean receipts) {
        return new AccountView(PARAMETERS, PARAMETERS.transactionFee(), true, 7, account, holds, matured, receipts);
    }

    private static List<Chore> plan(String bond, AccountView view) {
        return new ChorePlanner(BondPolicy.parse(bond)).plan(view, kind -> false);
    }

    @Test
    void newcomerWithoutCreditsAsksTheFaucetOnce() {
        assertEquals(List.of(new Chore.AskFaucet()), plan("auto", view(Account.EMPTY, false, false, false)));
        assertEquals(List.of(), plan("auto", view(Account.EMPTY.withFaucetUsed(), false, false, false)));
        var noFaucet =
                new AccountView(PARAMETERS, PARAMETERS.transactionFee(), false, 7, Account.EMPTY, false, false, false);
        assertEquals(List.of(), plan("auto", noFaucet));
    }

    @Test
    void registersWhenItCanPayForIt() {
        Account account = account(RICH, Amount.ZERO, 0, 0, false);
        assertEquals(List.of(new Chore.Register()), plan("auto", view(account, false, false, false)));
        assertEquals(List.of(), plan("auto", view(account, true, false, false)));
    }

    @Test
    void bondsWhatIsMissingAtTheBar() {
        int bar = PARAMETERS.graduationReputation();
        Amount minimum = PARAMETERS.minimumBond();
        assertEquals(List.of(), plan("auto", view(account(RICH, Amount.ZERO, bar - 1, 0, false), true, false, false)));
        assertEquals(
                List.of(new Chore.PostBond(minimum)),
                plan("auto", view(account(RICH, Amount.ZERO, bar, 0, false), true, false, false)));
        assertEquals(
                List.of(new Chore.PostBond(Amount.credits(1))),
                plan("auto", view(account(RICH, minimum.minus(Amount.credits(1)), bar, 0, false), true, false, false)));
        assertEquals(List.of(), plan("auto", view(account(RICH, minimum, bar, 0, false), true, false, false)));
        assertEquals(List.of(), plan("none", view(account(RICH, Amount.ZERO, bar, 0, false), true, false, false)));
        assertEquals(
                List.of(new Chore.PostBond(Amount.of(30_500_000))),
                plan("30.5", view(account(RICH, Amount.ZERO, bar, 0, false), true, false, false)));
    }

    @Test
    void aConvictionDoublesTheBar() {
        int bar = PARAMETERS.graduationReputation();
        assertEquals(List.of(), plan("auto", view(account(RICH, Amount.ZERO, bar, 1, false), true, false, false)));
        assertEquals(
                1,
                plan("auto", view(account(RICH, Amount.ZERO, 2 * bar, 1, false), true, false, false))
                        .size());
    }

    @Test
    void aBondLeavesEnoughForVerdicts() {
        int bar = PARAMETERS.graduationReputation();
        Amount exactly = PARAMETERS.minimumBond();
        assertEquals(List.of(), plan("auto", view(account(exactly, Amount.ZERO, bar, 0, false), true, false, false)));
    }

    @Test
    void onlyAVeteranClaimsAndOnceAnEpoch() {
        Account veteran = account(RICH, PARAMETERS.minimumBond(), 100, 0, false);
        assertEquals(List.of(new Chore.Claim()), plan("auto", view(veteran, true, false, true)));
        Account claimed = veteran.withClaims(new Account.Claims(1, 1, 7));
        assertEquals(List.of(), plan("auto", view(claimed, true, false, true)));
        Account full = veteran.withClaims(new Account.Claims(64, 0, 6));
        assertEquals(List.of(), plan("auto", view(full, true, false, true)));
        Account newcomer = account(RICH, Amount.ZERO, 0, 0, false);
        assertEquals(List.of(), plan("auto", view(newcomer, true, false, true)));
    }

    @Test
    void aBannedKeyOnlyWithdraws() {
        Account banned = account(RICH, PARAMETERS.minimumBond(), 100, 2, true);
        assertEquals(List.of(new Chore.Withdraw()), plan("auto", view(banned, false, true, true)));
    }

    @Test
    void whatIsUnderWayIsNotBegunAgain() {
        Account account = account(RICH, Amount.ZERO, 0, 0, false);
        var planner = new ChorePlanner(new BondPolicy.Auto());
        assertEquals(List.of(), planner.plan(view(account, false, true, false), kind -> true));
        assertEquals(
                List.of(new Chore.Withdraw()),
                planner.plan(view(account, false, true, false), kind -> kind == Chore.Kind.REGISTER));
    }

    @Test
    void bondsAreReadOrRefused() {
        assertEquals(new BondPolicy.Exactly(Amount.of(1)), BondPolicy.parse("0.000001"));
        for (String wrong : List.of("", "much", "-1", "0.0000001", "1e30")) {
            assertThrows(IllegalArgumentException.class, () -> BondPolicy.parse(wrong), wrong);
        }
    }
}
