/** Tests of mining: fault. */
@org.jspecify.annotations.NullUnmarked
package org.hearthnet.node.service.fault;
