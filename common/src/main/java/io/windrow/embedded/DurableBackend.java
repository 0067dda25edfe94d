package io.windrow.embedded;

import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import java.nio.file.Path;
import java.util.Set;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * The file backend, with every write on file before its reply is sent. Left to itself it commits
 * once a second, in the middle of whatever is going on: a killed process loses acknowledged writes
 * and finds documents without their index entries.
 *
 * <p>A write that fails for want of space closes the file for good, so none is begun that might:
 * when space gets scarce, what would add to the data is refused, with MongoDB's own error, until
 * there is space again.
 */
final class DurableBackend extends H2Backend {
  private static final int CACHE_MIB = 256;

  /** More than the largest message and what it makes of other pages. */
  private static final long RESERVE = 64L << 20;

  private static final int OUT_OF_DISK_SPACE = 14031;
  private static final Set<String> ADDING =
      Set.of("insert", "update", "findAndModify", "findandmodify", "create", "createIndexes");

  private final Path file;

  private DurableBackend(MVStore store, Path file) {
    super(store);
    this.file = file;
  }

  static DurableBackend open(Path file) {
    try {
      MVStore store =
          new MVStore.Builder()
              .fileName(file.toString())
              .autoCommitDisabled()
              .cacheSize(CACHE_MIB)
              .open();
      store.setRetentionTime(0); // reuse space at once: old chunks are kept for power cuts only
      return new DurableBackend(store, file);
    } catch (MVStoreException e) {
      throw new EmbeddedStartException(
          "store: cannot open %s (%s); restore it from a back-up or choose another folder"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  @Override
  public Document handleMessage(MongoMessage message) {
    if (ADDING.contains(message.getDocument().keySet().iterator().next())) {
      requireSpace();
    }
    try {
      return super.handleMessage(message);
    } finally {
      commitChanges();
    }
  }

  @Override
  public QueryResult handleQuery(MongoQuery query) {
    try {
      return super.handleQuery(query);
    } finally {
      commitChanges();
    }
  }

  private void requireSpace() {
    long free = file.toFile().getUsableSpace();
    if (free < RESERVE) {
      throw new MongoServerError(
          OUT_OF_DISK_SPACE,
          "OutOfDiskSpace",
          "%d MiB are left on the disk of %s, writes need %d: free some, nothing need be restarted"
              .formatted(free >> 20, file, RESERVE >> 20));
    }
  }

  private void commitChanges() {
    if (getMvStore().hasUnsavedChanges()) {
      getMvStore().commit();
    }
  }
}
