/**
 * Measurements of the engine, and models with random weights to take them with. May depend on everything in this module;
 * nothing but commands and tests depends on it.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.inference.bench;
