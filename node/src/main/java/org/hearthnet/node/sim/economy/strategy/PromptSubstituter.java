package org.hearthnet.node.sim.economy.strategy;

/**
 * A first stage that runs another, shorter prompt than the committed one. Its input root is not that of the client's tokens, so every
 * verifier that is drawn sees a difference.
 */
public final class PromptSubstituter extends Cheat {
    /**
     * @param often how often, thousandths
     * @param saved part of the work, thousandths
     */
    public PromptSubstituter(int often, int saved, Plea plea) {
        super(often, saved, plea);
    }
}
