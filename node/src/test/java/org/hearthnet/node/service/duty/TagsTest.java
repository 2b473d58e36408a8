package org.hearthnet.node.service.duty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.ledger.state.Duty;
import org.hearthnet.node.pipeline.TestKeys;
import org.junit.jupiter.api.Test;

class TagsTest {
    private static final Hash32 TAG = Hashing.in("test").add(1).finish();
    private static final Hash32 OTHER = Hashing.in("test").add(2).finish();

    private static Duty duty(Hash32 seal, Hash32 answer) {
        return new Duty(
                Hash32.ZERO,
                3,
                new NodeId(TAG),
                new NodeId(OTHER),
                Hash32.ZERO,
                Duty.Phase.REVEAL,
                10,
                0,
                0,
                List.of(),
                seal,
                Optional.of(answer),
                Duty.Outcome.OPEN);
    }

    @Test
    void afterARestartAnEqualAnswerIsTheTag() {
        Hash32 id = duty(Hash32.ZERO, TAG).id();
        Hash32 seal = new Tags(TestKeys.key(1)).seal(id, TAG);
        Tags restarted = new Tags(TestKeys.key(1));
        assertEquals(Optional.of(TAG), restarted.tag(duty(seal, TAG)));
        assertEquals(Optional.empty(), restarted.tag(duty(seal, OTHER)), "only executing again would tell");
        assertEquals(Optional.empty(), new Tags(TestKeys.key(2)).tag(duty(seal, TAG)), "another's seal");
    }

    @Test
    void whileItRunsTheTagIsKnownWhateverTheAnswer() {
        Tags tags = new Tags(TestKeys.key(1));
        Hash32 id = duty(Hash32.ZERO, TAG).id();
        Hash32 seal = tags.seal(id, TAG);
        assertEquals(Optional.of(TAG), tags.tag(duty(seal, OTHER)));
        tags.retain(open -> false);
        assertEquals(Optional.empty(), tags.tag(duty(seal, OTHER)));
    }

    @Test
    void saltsDifferByDutyAndKey() {
        Tags tags = new Tags(TestKeys.key(1));
        assertNotEquals(tags.salt(TAG), tags.salt(OTHER));
        assertNotEquals(tags.salt(TAG), new Tags(TestKeys.key(2)).salt(TAG));
        assertEquals(tags.salt(TAG), new Tags(TestKeys.key(1)).salt(TAG));
    }
}
