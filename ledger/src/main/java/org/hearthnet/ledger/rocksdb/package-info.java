/**
 * The store on disk, on RocksDB; the only package that knows RocksDB. May depend on {@code genesis}, {@code block},
 * {@code state}, {@code tree} and {@code store}.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.ledger.rocksdb;
