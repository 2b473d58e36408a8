/** Models for tests: the embedded one with its golden outputs, and small ones with random weights. */
@org.jspecify.annotations.NullMarked
package org.hearthnet.inference.model;
