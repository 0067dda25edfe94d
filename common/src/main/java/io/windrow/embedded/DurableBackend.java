package io.windrow.embedded;

import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import java.nio.file.Path;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * The file backend, with every write on file before its reply is sent. Left to itself it commits
 * once a second, in the middle of whatever is going on: a killed process loses acknowledged writes
 * and finds documents without their index entries.
 */
final class DurableBackend extends H2Backend {
  private static final int CACHE_MIB = 256;

  private DurableBackend(MVStore store) {
    super(store);
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
      return new DurableBackend(store);
    } catch (MVStoreException e) {
      throw new EmbeddedStartException(
          "store: cannot open %s (%s); restore it from a back-up or choose another folder"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  @Override
  public Document handleMessage(MongoMessage message) {
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

  private void commitChanges() {
    if (getMvStore().hasUnsavedChanges()) {
      getMvStore().commit();
    }
  }
}
