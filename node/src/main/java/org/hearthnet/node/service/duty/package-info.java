/**
 * Duties: inputs are served to the drawn verifier and to nobody else, fetched, checked and executed again; verdicts, tags
 * and moves become transactions. Everything that comes from a peer is bounded and checked before it is believed. May depend
 * on {@code service.plan}, {@code chain}, {@code pipeline}, {@code p2p} and {@code verifier}.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.node.service.duty;
