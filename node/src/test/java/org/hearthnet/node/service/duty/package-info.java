/** Tests of mining: duty. */
@org.jspecify.annotations.NullUnmarked
package org.hearthnet.node.service.duty;
