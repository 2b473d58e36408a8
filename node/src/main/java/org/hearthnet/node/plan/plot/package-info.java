/** Pictures as SVG text, without fonts of the machine and without a screen. Pure. Depends on nothing of the project. */
@org.jspecify.annotations.NullMarked
package org.hearthnet.node.plan.plot;
