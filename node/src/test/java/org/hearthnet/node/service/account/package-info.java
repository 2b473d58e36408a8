/** Tests of mining: account. */
@org.jspecify.annotations.NullUnmarked
package org.hearthnet.node.service.account;
