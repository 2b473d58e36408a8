/** What the operating system is told about memory: advice that changes no result. May depend on the JDK only. */
@org.jspecify.annotations.NullMarked
package org.hearthnet.inference.memory;
