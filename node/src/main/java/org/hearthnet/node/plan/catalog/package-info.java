/**
 * What the cost model is fed with: lists of devices, hosts, networks and models as data files with their sources, shapes of
 * models out of GGUF files and manifests, and measurements that replace figures on paper. May depend on {@code node.plan},
 * genesis and inference.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.node.plan.catalog;
