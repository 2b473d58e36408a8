package org.hearthnet.ledger.member;

import java.util.List;
import org.hearthnet.ledger.consensus.Promise;

/** Where a member keeps its promises. All methods throw {@code StoreException} if the medium fails. */
public interface Journal {
    /** Writes a promise; when this returns it survives a loss of power. */
    void keep(Promise promise);

    /** The promises of {@code height}, in the order in which they were made. */
    List<Promise> of(long height);

    /** Forgets promises of heights under {@code height}: those are decided. */
    void forgetBelow(long height);
}
