package io.windrow.embedded.indexed;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.memory.index.MemoryUniqueIndex;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The server's unique index, which takes names apart and makes a set of keys for each look at a
 * document, several times for each update. Where each field holds one value there is one key, and
 * here it is found at once; all else is left to the server.
 */
final class UniqueIndex extends MemoryUniqueIndex {
  private final List<String> fields;
  private final List<Path> paths;

  UniqueIndex(String name, List<IndexKey> keys, boolean sparse) {
    super(name, keys, sparse);
    this.fields = keys.stream().map(IndexKey::getKey).toList();
    this.paths = fields.stream().map(Path::of).toList();
  }

  @Override
  protected List<String> keys() {
    return fields;
  }

  @Override
  public Set<KeyValue> getKeyValues(Document document) {
    KeyValue key = key(document);
    return key == null ? super.getKeyValues(document) : Set.of(key);
  }

  /** Its only key, as the server normalises it; null if that is not known here. */
  private @Nullable KeyValue key(Document document) {
    @Nullable Object[] values = new @Nullable Object[paths.size()];
    for (int i = 0; i < values.length; i++) {
      Object value = in(document, paths.get(i));
      if (isUnknown(value)) {
        return null;
      }
      values[i] = value instanceof Path.Nothing ? null : value;
    }
    return new KeyValue(Arrays.asList(values)).normalized();
  }

  /** As {@link Path#in}, but even an empty list on the way is more than one value here. */
  private static Object in(Document document, Path path) {
    Object value = path.in(document);
    if (value == Path.Nothing.ABSENT && path.names().size() > 1) {
      Object at = document;
      for (String name : path.names()) {
        at = at instanceof Document each ? each.get(name) : at;
      }
      return at instanceof Collection ? Path.Nothing.LIST : value;
    }
    return value;
  }

  @Override
  protected boolean nullAwareEqualsKeys(Document before, Document now) {
    if (shared(before, now)) {
      return true;
    }
    boolean equal = true;
    for (Path path : paths) {
      Object old = in(before, path);
      Object value = in(now, path);
      boolean same = old.equals(value);
      if (isUnknown(old) || isUnknown(value) || (!same && old.getClass() != value.getClass())) {
        return super.nullAwareEqualsKeys(before, now);
      }
      equal &= same || old instanceof Path.Nothing; // absent is null
    }
    return equal;
  }

  private boolean shared(Document before, Document now) {
    for (Path path : paths) {
      if (!path.shared(before, now)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isUnknown(Object found) {
    return found == Path.Nothing.LIST || found == Path.Nothing.OTHER;
  }

  @Override
  public synchronized void checkUpdate(
      Document before, Document now, MongoCollection<Integer> collection) {
    if (!nullAwareEqualsKeys(before, now) && !isNew(now)) {
      super.checkUpdate(before, now, collection);
    }
  }

  @Override
  public synchronized void checkAdd(Document document, MongoCollection<Integer> collection) {
    if (!isNew(document)) {
      super.checkAdd(document, collection);
    }
  }

  private boolean isNew(Document document) {
    KeyValue key = key(document);
    return key != null && !containsKey(key);
  }
}
