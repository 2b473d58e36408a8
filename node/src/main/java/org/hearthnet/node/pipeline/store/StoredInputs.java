package org.hearthnet.node.pipeline.store;

import java.util.Optional;
import org.hearthnet.node.pipeline.wire.Prompt;

/**
 * What came into a stage, as its verifier needs it.
 *
 * @param prompt the prompt with its salt; first and last stage
 * @param tokens prompt and answer; first and last stage, else empty. For the first stage one for each executed position,
 *     for the last one more if it drew one
 * @param activations positions x hidden; every stage but the first, else empty
 */
@SuppressWarnings("ArrayRecordComponent")
public record StoredInputs(Optional<Prompt> prompt, int[] tokens, float[] activations) {}
