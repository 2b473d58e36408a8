package org.hearthnet.node.sim.economy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hearthnet.ledger.state.Account;
import org.hearthnet.node.sim.economy.Member.Trade;

/**
 * What became of a town.
 *
 * @param groups what became of each group
 * @param honestExecutor what an honest executor has gained, sparks
 * @param honestVerifier what an honest newcomer has gained, sparks
 * @param honestBondsLost convictions of honest nodes
 * @param honestBondTaken sparks of honest nodes' bonds that penalties took, bonds filled up again included
 * @param honestSilences penalties for silence that honest nodes paid
 * @param receipts receipts claimed
 * @param checks receipts computed again
 * @param duties duties that ended in agreement
 * @param convictions all convictions
 * @param transactions all transactions
 * @param bytes their size
 * @param refused transactions refused, by reason
 */
record TownResult(
        List<GroupResult> groups,
        Estimate honestExecutor,
        Estimate honestVerifier,
        int honestBondsLost,
        long honestBondTaken,
        int honestSilences,
        long receipts,
        long checks,
        int duties,
        int convictions,
        long transactions,
        long bytes,
        Map<String, Integer> refused) {
    /**
     * One group.
     *
     * @param name its strategy
     * @param gain what the group has gained for each executor, or for each verifier if it has none, sparks
     * @param honest what honest members in its place would have
     * @param convicted executors that lost their bond
     * @param executors all its executors
     * @param caughtAfter wrong receipts that each caught one had made by then
     */
    record GroupResult(
            String name, double gain, double honest, int convicted, int executors, List<Integer> caughtAfter) {}

    static TownResult of(Town town) {
        Estimate executor = honest(town, Trade.EXECUTOR);
        Estimate verifier = honest(town, Trade.VERIFIER);
        List<GroupResult> groups = new ArrayList<>();
        for (int g = 0; g < town.plan().groups().size(); g++) {
            groups.add(group(town, g, executor.mean(), verifier.mean()));
        }
        Casework.Counts c = town.casework().counts;
        long taken = town.executors().stream()
                .filter(Member::isHonest)
                .mapToLong(m -> town.plan().parameters().minimumBond().sparks()
                        - account(town, m).stake().bond().sparks())
                .filter(missing -> missing > 0)
                .sum();
        return new TownResult(
                List.copyOf(groups),
                executor,
                verifier,
                c.honestConvictions,
                taken,
                c.honestSilences,
                c.executed,
                c.checked,
                c.agreed,
                c.convictions,
                town.ledger().transactions(),
                town.ledger().bytes(),
                Map.copyOf(town.refused()));
    }

    private static Estimate honest(Town town, Trade trade) {
        double[] each = town.members().stream()
                .filter(m -> m.isHonest() && m.trade == trade)
                .sorted(java.util.Comparator.comparing(Member::id))
                .mapToDouble(m -> gain(town, m))
                .toArray();
        return each.length == 0 ? new Estimate(0, 0, 0, 0) : Estimate.of(each);
    }

    private static Account account(Town town, Member member) {
        return town.ledger().account(member.id());
    }

    /**
     * What is frozen will be burned or belongs to somebody else. Finders' shares are left out: they are as large as they are rare, and
     * fall to honest nodes and to groups alike; what a friend gets for a report of its own ring is in {@code spent}.
     */
    private static double gain(Town town, Member m) {
        Account account = account(town, m);
        long now = account.total()
                .minus(account.stake().frozen())
                .minus(account.earnings().finding())
                .sparks();
        return (double) now - Town.start(town.plan(), m.trade) - m.spent;
    }

    private static GroupResult group(Town town, int number, double executor, double verifier) {
        TownPlan.Group group = town.plan().groups().get(number);
        List<Member> members = town.members().stream()
                .filter(m -> m.group == number)
                .sorted(java.util.Comparator.comparing(Member::id))
                .toList();
        double sum = members.stream().mapToDouble(m -> gain(town, m)).sum();
        double honest = group.executors() * executor + group.verifiers() * verifier;
        int per = group.executors() > 0 ? group.executors() : Math.max(1, group.verifiers());
        List<Member> executors =
                members.stream().filter(m -> m.trade == Trade.EXECUTOR).toList();
        return new GroupResult(
                group.name(),
                sum / per,
                honest / per,
                (int) executors.stream().filter(m -> m.convicted).count(),
                group.executors(),
                executors.stream()
                        .map(m -> m.wrongWhenCaught)
                        .filter(n -> n > 0)
                        .toList());
    }
}
