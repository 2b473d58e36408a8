/**
 * The figures of the article that Hearth goes back to, beside what the cost model computes from the article's own inputs, and
 * what is to be said where the two differ. May depend on {@code node.plan} and {@code catalog}'s reading of JSON.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.node.plan.article;
