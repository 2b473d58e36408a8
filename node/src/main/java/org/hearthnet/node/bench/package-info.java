/** Measurements that need several nodes. May depend on {@code app} and {@code chain}. */
@org.jspecify.annotations.NullMarked
package org.hearthnet.node.bench;
