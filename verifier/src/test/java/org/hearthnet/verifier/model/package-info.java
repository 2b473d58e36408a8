/** Test models, a scalar stage built on the arithmetic alone, and pipelines of them with one liar. */
@org.jspecify.annotations.NullMarked
package org.hearthnet.verifier.model;
