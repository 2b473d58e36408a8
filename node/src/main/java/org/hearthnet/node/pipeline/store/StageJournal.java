package org.hearthnet.node.pipeline.store;

import java.io.IOException;
import java.nio.file.Path;
import org.hearthnet.genesis.protocol.Receipt;

/** The journal of a stage that is running. Used by the session's own thread. */
public final class StageJournal implements AutoCloseable {
    private final JobStore store;
    private final Path file;
    private final Journal journal;
    private final StageAccount account;

    StageJournal(JobStore store, Path file, Journal journal, StageAccount account) {
        this.store = store;
        this.file = file;
        this.journal = journal;
        this.account = account;
    }

    /** Writes a voucher down, safe from a power cut too: it is money. */
    public void paid(JournalEntry.Paid entry) throws IOException {
        append(entry);
        journal.force();
    }

    /** Writes executed positions down. */
    public void executed(JournalEntry.Executed entry) throws IOException {
        append(entry);
    }

    /** Writes an acknowledgement down. */
    public void acknowledged(JournalEntry.Acknowledged entry) throws IOException {
        append(entry);
    }

    private void append(JournalEntry entry) throws IOException {
        journal.append(entry);
        account.apply(entry);
    }

    /** The account so far. */
    public StageAccount account() {
        return account;
    }

    /** Closes the account; a stage that executed nothing leaves no trace. */
    @Override
    public void close() throws IOException {
        try (journal) {
            if (account.receipt().isPresent() && account.closed().isEmpty()) {
                Receipt receipt = account.receipt().get();
                append(new JournalEntry.Closed(receipt));
                journal.force();
            }
        }
        store.closed(file, account);
    }
}
