/** Tests of chat templates. */
@org.jspecify.annotations.NullUnmarked
package org.hearthnet.node.chat;
