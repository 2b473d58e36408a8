package org.hearthnet.node.model;

import java.nio.file.Path;
import org.hearthnet.genesis.spec.ModelManifest;

/**
 * A model that a node keeps.
 *
 * @param manifest its exact description
 * @param file the GGUF file
 */
public record StoredModel(ModelManifest manifest, Path file) {}
