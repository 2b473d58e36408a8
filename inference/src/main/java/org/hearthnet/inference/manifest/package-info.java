/**
 * From a GGUF file to the manifest that names it on the ledger, and single rows of weights with their proof. May depend on
 * {@code genesis} and {@code inference.gguf}, {@code inference.kernel} and {@code inference.exec}.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.inference.manifest;
