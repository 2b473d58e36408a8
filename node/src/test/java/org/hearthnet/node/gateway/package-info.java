/** Tests of the gateway. */
@org.jspecify.annotations.NullUnmarked
package org.hearthnet.node.gateway;
