package org.hearthnet.ledger.block;

import org.hearthnet.genesis.primitive.Hash32;

/**
 * A transaction with everything about it that does not depend on the state, computed once: hashing and signatures are most
 * of the work of a block, and can be done for many transactions side by side.
 *
 * @param signed the transaction
 * @param id see {@link SignedTransaction#id()}
 * @param hash of the transaction with its signature: its leaf under the header's transactions root
 * @param bytes length of its encoding
 * @param signatureValid whether its sender signed it for the network of the {@link SignatureCheck} that made this
 */
public record CheckedTransaction(SignedTransaction signed, Hash32 id, Hash32 hash, int bytes, boolean signatureValid) {}
