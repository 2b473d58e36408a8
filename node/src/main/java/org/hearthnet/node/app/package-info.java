/** The entry point. */
@org.jspecify.annotations.NullMarked
package org.hearthnet.node.app;
