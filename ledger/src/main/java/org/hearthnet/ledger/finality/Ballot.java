package org.hearthnet.ledger.finality;

import org.hearthnet.genesis.crypto.Kind;
import org.hearthnet.genesis.primitive.Hash32;

/**
 * What a vote says.
 *
 * @param choice what it is for
 * @param height of the block
 * @param view attempt at that height, from 0
 * @param block its hash; zero in {@link Choice#NULLIFY}
 */
public record Ballot(Choice choice, long height, int view, Hash32 block) {
    /** Domain and encoding. */
    public static final Kind<Ballot> KIND = Kind.of("hearth/ballot/1", Ballot.class);

    /** What a vote can be for (Chan and Pass, "Simplex Consensus", section 2; a dummy block is a nullified view). */
    public enum Choice {
        /** "The first proposal that I saw in this view, and it is valid." */
        NOTARIZE,
        /** "This view has taken too long; I will not finalize in it." */
        NULLIFY,
        /** "I saw a notarization of this view; I have not nullified it and never will." */
        FINALIZE
    }

    /** Checks the numbers. */
    public Ballot {
        if (height < 0 || view < 0) {
            throw new IllegalArgumentException("negative height or view");
        }
        if ((choice == Choice.NULLIFY) != block.equals(Hash32.ZERO)) {
            throw new IllegalArgumentException("a nullification names no block, every other ballot does");
        }
    }

    /** For the block {@code block}, as the first proposal of a view. */
    public static Ballot notarize(long height, int view, Hash32 block) {
        return new Ballot(Choice.NOTARIZE, height, view, block);
    }

    /** Against a view. */
    public static Ballot nullify(long height, int view) {
        return new Ballot(Choice.NULLIFY, height, view, Hash32.ZERO);
    }

    /** For a notarized block. */
    public static Ballot finalizing(long height, int view, Hash32 block) {
        return new Ballot(Choice.FINALIZE, height, view, block);
    }

    /** Whether an honest member never casts both. */
    public boolean contradicts(Ballot other) {
        if (height != other.height || view != other.view || equals(other)) {
            return false;
        }
        return choice == other.choice
                || (choice == Choice.NULLIFY && other.choice == Choice.FINALIZE)
                || (choice == Choice.FINALIZE && other.choice == Choice.NULLIFY);
    }
}
