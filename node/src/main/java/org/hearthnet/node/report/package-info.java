/**
 * Pages for people to read and keep: files without scripts and without anything from elsewhere. May depend on the ledger,
 * genesis and {@code chain}'s names.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.node.report;
