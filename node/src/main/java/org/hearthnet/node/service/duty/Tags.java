package org.hearthnet.node.service.duty;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.proof.Commitments;
import org.hearthnet.ledger.state.Duty;

/**
 * A verifier's tags between sealing and revealing. Nothing of it has to survive a restart: the salt follows from the secret
 * key and the duty, and the executor's answer, if it fits the seal, is the tag.
 */
final class Tags {
    private static final String DOMAIN = "hearth/duty-salt/1";

    private final byte[] secret;
    private final Map<Hash32, Hash32> known = new HashMap<>();

    Tags(KeyPair key) {
        this.secret = key.seed();
    }

    /** The salt of the seal for {@code duty}; nobody else can foresee it. */
    Hash32 salt(Hash32 duty) {
        return Hashing.in(DOMAIN).add(secret).add(duty).finish();
    }

    /** Remembers the tag and returns its seal. */
    synchronized Hash32 seal(Hash32 duty, Hash32 tag) {
        known.put(duty, tag);
        return Commitments.sealedTag(tag, salt(duty));
    }

    /** The tag that was sealed for {@code duty}, as far as that can be said without executing anything. */
    synchronized Optional<Hash32> tag(Duty duty) {
        Hash32 id = duty.id();
        Optional<Hash32> remembered = Optional.ofNullable(known.get(id)).filter(t -> fits(duty, t));
        return remembered.or(() -> duty.answer().filter(t -> fits(duty, t)));
    }

    private boolean fits(Duty duty, Hash32 tag) {
        return Commitments.sealedTag(tag, salt(duty.id())).equals(duty.sealedTag());
    }

    /** Forgets duties that are over. */
    synchronized void retain(Predicate<Hash32> open) {
        known.keySet().removeIf(open.negate());
    }
}
