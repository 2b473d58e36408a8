@org.jspecify.annotations.NullMarked
package org.hearthnet.verifier;
