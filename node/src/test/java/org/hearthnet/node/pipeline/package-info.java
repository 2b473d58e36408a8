/** Tests of the pipeline: real sockets, a real model, the real rules of the ledger in memory. */
@org.jspecify.annotations.NullUnmarked
package org.hearthnet.node.pipeline;
