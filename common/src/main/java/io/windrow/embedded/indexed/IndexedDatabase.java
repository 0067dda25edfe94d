package io.windrow.embedded.indexed;

import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.EmptyIndex;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.backend.memory.MemoryCollection;
import de.bwaldvogel.mongo.backend.memory.MemoryDatabase;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.Optional;

/** A database whose collections have secondary indexes, counts of groups among them. */
final class IndexedDatabase extends MemoryDatabase {
  IndexedDatabase(String name, CursorRegistry cursors) {
    super(name, cursors);
  }

  /** What a secondary index is declared as; the collection builds it when somebody asks for it. */
  static final class Declared extends EmptyIndex<Integer> {
    private final boolean sparseOnly;

    Declared(String name, List<IndexKey> keys, boolean sparse) {
      super(name, keys);
      this.sparseOnly = sparse;
    }

    boolean leavesOut() {
      return sparseOnly;
    }
  }

  @Override
  protected MemoryCollection openOrCreateCollection(String name, CollectionOptions options) {
    return new IndexedCollection(this, name, options, cursorRegistry);
  }

  @Override
  protected Index<Integer> openOrCreateUniqueIndex(
      String collection, String name, List<IndexKey> keys, boolean sparse) {
    return new UniqueIndex(name, keys, sparse);
  }

  @Override
  protected Index<Integer> openOrCreateSecondaryIndex(
      String collection, String name, List<IndexKey> keys, boolean sparse) {
    return new Declared(name, keys, sparse);
  }

  /** The reply to a pipeline that counts groups; empty if it is left to the server. */
  Optional<Document> groups(String name, Document query) {
    if (!(resolveCollection(name, false) instanceof IndexedCollection collection)) {
      return Optional.empty();
    }
    return GroupStage.of(query.get("pipeline"))
        .flatMap(collection::group)
        .map(
            rows -> {
              Document cursor =
                  new Document("id", 0L)
                      .append("ns", getFullCollectionNamespace(name))
                      .append("firstBatch", rows);
              Document reply = new Document("cursor", cursor);
              Utils.markOkay(reply);
              return reply;
            });
  }
}
