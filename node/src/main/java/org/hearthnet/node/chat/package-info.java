/**
 * Chat templates: messages become the prompt that a model was trained on, by the Jinja template in its file. A template
 * comes from a stranger's file, so rendering is bounded in time, depth, output and collections, and can call nothing but
 * what {@code AllowedNames} lists; what strangers write into messages can never become a control token. May depend on {@code inference.gguf}
 * and {@code inference.token}.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.node.chat;
