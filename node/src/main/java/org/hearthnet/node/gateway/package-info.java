/**
 * An HTTP interface that speaks OpenAI's completions: programs written for it use the network without knowing. May depend on
 * {@code pipeline.text} and Helidon.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/completions">Completions</a>
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.node.gateway;
