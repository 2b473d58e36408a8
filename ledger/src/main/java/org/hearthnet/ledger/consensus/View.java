package org.hearthnet.ledger.consensus;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.ledger.block.Ballot;
import org.hearthnet.ledger.block.Ballot.Choice;
import org.hearthnet.ledger.block.Vote;
import org.hearthnet.ledger.finality.Certificate;
import org.jspecify.annotations.Nullable;

/**
 * What a member knows of one view.
 *
 * <p>Own ballots, by what is allowed after what (rows: cast already):
 *
 * <table>
 *   <caption>own ballots</caption>
 *   <tr><th></th><th>notarize</th><th>nullify</th><th>finalize</th></tr>
 *   <tr><td>nothing</td><td>yes</td><td>yes</td><td>yes</td></tr>
 *   <tr><td>notarize</td><td>only the same block</td><td>yes</td><td>yes</td></tr>
 *   <tr><td>nullify</td><td>no</td><td>the same</td><td>never</td></tr>
 *   <tr><td>finalize</td><td>no</td><td>never</td><td>only the same block</td></tr>
 * </table>
 */
final class View {
    final Tally tally;
    private final Map<Choice, Ballot> own = new EnumMap<>(Choice.class);
    private final Map<Choice, Certificate> certificates = new EnumMap<>(Choice.class);
    private Message.@Nullable Proposal proposal;
    private @Nullable Hash32 made;
    private boolean proposed;

    View(Committee committee) {
        this.tally = new Tally(committee);
    }

    /** What the member has cast. */
    Optional<Ballot> own(Choice choice) {
        return Optional.ofNullable(own.get(choice));
    }

    /** Notes a ballot of the member's own. */
    void cast(Ballot ballot) {
        own.put(ballot.choice(), ballot);
    }

    /** Whether the member may cast {@code ballot} and has not yet. */
    boolean mayCast(Ballot ballot) {
        if (own.containsKey(ballot.choice())) {
            return false;
        }
        return switch (ballot.choice()) {
            case NOTARIZE ->
                own(Choice.NULLIFY).isEmpty() && own(Choice.FINALIZE).isEmpty();
            case NULLIFY -> own(Choice.FINALIZE).isEmpty();
            case FINALIZE -> own(Choice.NULLIFY).isEmpty();
        };
    }

    Optional<Certificate> certificate(Choice choice) {
        return Optional.ofNullable(certificates.get(choice));
    }

    /** Keeps a certificate; false if there was one. */
    boolean certify(Certificate certificate) {
        return certificates.putIfAbsent(certificate.ballot().choice(), certificate) == null;
    }

    boolean isNullified() {
        return certificates.containsKey(Choice.NULLIFY);
    }

    Optional<Certificate> notarization() {
        return certificate(Choice.NOTARIZE);
    }

    /** The first proposal of the view, unless it was dropped. */
    Optional<Message.Proposal> proposal() {
        return Optional.ofNullable(proposal);
    }

    void setProposal(Message.Proposal value) {
        proposal = value;
    }

    /** Frees a block of a nullified view, which can never become final; not if the member has notarized it. */
    void dropProposal() {
        proposal = null;
    }

    /** The block that the member has made for this view, perhaps before it was started again. */
    Optional<Hash32> made() {
        return Optional.ofNullable(made);
    }

    void setMade(Hash32 block) {
        made = block;
    }

    /** Whether the member, as leader, has asked for a block or proposed one since its start. */
    boolean hasProposed() {
        return proposed;
    }

    void setProposed() {
        proposed = true;
    }

    /** Counts a vote, see {@link Tally#add}. */
    Optional<Vote> count(Vote vote) {
        return tally.add(vote);
    }
}
