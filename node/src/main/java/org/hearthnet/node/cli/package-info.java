/** The command line: one class a command; each parses, calls the room that does the work, and prints. */
@org.jspecify.annotations.NullMarked
package org.hearthnet.node.cli;
