/**
 * Faults on purpose, to show on a demo network that checks find them. Nothing of this room is used by code that checks
 * others; a fault changes what an executor computes, sends or serves, never what a verifier does. May depend on
 * {@code genesis}, {@code inference}, {@code verifier} and {@code node.pipeline.stage}.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.node.service.fault;
