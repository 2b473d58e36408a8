/**
 * What members say to one another: jobs, offers, assignments, signed boundaries, vouchers, receipts, duties. Records only.
 * May depend on {@code primitive}, {@code codec} and {@code crypto}.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.genesis.protocol;
