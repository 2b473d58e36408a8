/**
 * The models that a node keeps: what a GGUF file holds, in words, and a directory of files with their manifests. May depend
 * on {@code genesis} and {@code inference}.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.node.model;
