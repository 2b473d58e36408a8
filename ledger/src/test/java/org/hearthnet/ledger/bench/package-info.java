@org.jspecify.annotations.NullMarked
package org.hearthnet.ledger.bench;
