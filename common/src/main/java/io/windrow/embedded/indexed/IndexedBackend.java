package io.windrow.embedded.indexed;

import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.backend.memory.MemoryDatabase;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.util.Optional;

/** The backend in memory, with secondary indexes. */
public final class IndexedBackend extends MemoryBackend {

  @Override
  public MemoryDatabase openOrCreateDatabase(String name) {
    return new IndexedDatabase(name, getCursorRegistry());
  }

  @Override
  public Document handleMessage(MongoMessage message) {
    return groups(message).orElseGet(() -> super.handleMessage(message));
  }

  private Optional<Document> groups(MongoMessage message) {
    Document command = message.getDocument();
    return command.get("aggregate") instanceof String collection
            && resolveDatabase(message.getDatabaseName()) instanceof IndexedDatabase database
        ? database.groups(collection, command)
        : Optional.empty();
  }
}
