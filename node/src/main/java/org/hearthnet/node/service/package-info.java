/**
 * What a mining node does besides running stages: its duties as verifier and executor, disputes, claims, bond and holdings.
 *
 * <p>Rooms: {@code plan} (pure: a view of the ledger in, what to do out), {@code duty} (serving and fetching inputs,
 * re-execution, tags, disputes), {@code fault} (faults on purpose, demo networks only). Nothing is remembered that the
 * ledger does not say or that cannot be made again: what to do is decided anew at every block. May depend on everything in
 * {@code node} but {@code cli} and {@code gateway}.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.node.service;
