/** Where clients and executors find each other: gossiped requests and offers. May depend on {@code genesis} and {@code p2p}. */
@org.jspecify.annotations.NullMarked
package org.hearthnet.node.pipeline.market;
