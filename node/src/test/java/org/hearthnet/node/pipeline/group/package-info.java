@org.jspecify.annotations.NullMarked
package org.hearthnet.node.pipeline.group;
