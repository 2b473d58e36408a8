@org.jspecify.annotations.NullMarked
package org.hearthnet.inference.tensor;
