/** One line of text for each thing worth knowing, on standard error. May depend on nothing but the JDK. */
@org.jspecify.annotations.NullMarked
package org.hearthnet.node.log;
