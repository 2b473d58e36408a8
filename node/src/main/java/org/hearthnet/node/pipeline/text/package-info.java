/** Jobs in text: tokens are made and read here, the account of each job is kept. May depend on {@code client}. */
@org.jspecify.annotations.NullMarked
package org.hearthnet.node.pipeline.text;
