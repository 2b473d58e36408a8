/**
 * Tests of the back end for TornadoVM: on a real SDK where there is one, and everywhere on the twin of its API in {@code
 * src/test/tornado}.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.inference.tornado;
