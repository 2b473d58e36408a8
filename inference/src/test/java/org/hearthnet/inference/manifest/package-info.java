/** Tests of manifests. */
@org.jspecify.annotations.NullMarked
package org.hearthnet.inference.manifest;
