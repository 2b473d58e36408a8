/** Tests of {@code inference.memory}. */
@org.jspecify.annotations.NullMarked
package org.hearthnet.inference.memory;
