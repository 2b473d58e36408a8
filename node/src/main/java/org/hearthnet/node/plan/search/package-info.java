/**
 * Every way to join given devices: hosts, networks, splits and batches, what meets a target, and which of those nothing beats.
 * Pure. May depend on {@code node.plan}.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.node.plan.search;
