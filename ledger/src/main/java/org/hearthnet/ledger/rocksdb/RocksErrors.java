package org.hearthnet.ledger.rocksdb;

import java.nio.file.Path;
import java.util.Locale;
import org.hearthnet.ledger.store.StoreException;
import org.hearthnet.ledger.store.StoreException.Reason;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Says in plain words what RocksDB reports. */
final class RocksErrors {
    private RocksErrors() {}

    static StoreException explain(Path directory, RocksDBException e) {
        String message = String.valueOf(e.getMessage());
        Reason reason = reason(e.getStatus(), message.toLowerCase(Locale.ROOT));
        String advice = switch (reason) {
            case LOCKED -> "another process has the ledger open";
            case DISK_FULL -> "no space is left on the disk";
            case READ_ONLY -> "the ledger cannot be written: permissions or a read-only file system";
            case CORRUPT -> "the ledger is damaged; an audit says where";
            case OTHER_NETWORK, OTHER_SCHEMA, GONE, CLOSED, IO -> "the disk reports an error";
        };
        return new StoreException(reason, directory + ": " + advice + " (" + message + ")", e);
    }

    private static Reason reason(@Nullable Status status, String message) {
        if (status != null && status.getSubCode() == Status.SubCode.NoSpace
                || message.contains("no space left")
                || message.contains("quota exceeded")
                || message.contains("max allowed space was reached")) {
            return Reason.DISK_FULL;
        }
        if (message.contains("lock")
                && (message.contains("unavailable") || message.contains("held") || message.contains("hold"))) {
            return Reason.LOCKED;
        }
        if (message.contains("permission denied") || message.contains("read-only file system")) {
            return Reason.READ_ONLY;
        }
        if (status != null && status.getCode() == Status.Code.Corruption || message.contains("corruption")) {
            return Reason.CORRUPT;
        }
        return Reason.IO;
    }
}
