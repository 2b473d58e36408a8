/**
 * The whole story on one machine: separate processes on loopback, started by the commands that a person uses, watched from
 * outside. May depend on {@code chain}, {@code local}, {@code p2p}, {@code ledger} and {@code genesis}; nothing depends on it
 * but {@code cli}.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.node.demo;
