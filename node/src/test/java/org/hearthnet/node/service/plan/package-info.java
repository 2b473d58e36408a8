/** Tests of mining: plan. */
@org.jspecify.annotations.NullUnmarked
package org.hearthnet.node.service.plan;
