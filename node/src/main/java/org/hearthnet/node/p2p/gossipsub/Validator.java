package org.hearthnet.node.p2p.gossipsub;

import org.hearthnet.node.p2p.PeerId;

/**
 * Judges the messages of a topic. Called once for each message, after its signature was checked and before anyone else hears
 * of it, on the topic's own thread, one message after another: taking long delays this topic, and in the end those neighbours
 * that send much of it.
 */
@FunctionalInterface
public interface Validator {
    Verdict validate(Message message, PeerId from);
}
