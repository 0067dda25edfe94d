package io.windrow.embedded.indexed;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What many documents have in common, kept once: the tasks of a workflow differ in little, and
 * their definitions are most of what the store holds. That is safe since a change replaces what is
 * inside a document's fields and never alters it in place ({@link FencedUpdate}).
 */
final class CommonValues {
  /** What was not met again while so many others were is forgotten here; documents keep it. */
  private static final int MOST = 10_000;

  private static final int LONGEST_TEXT = 100;

  private final Map<Object, Object> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Object> eldest) {
          return size() > MOST;
        }
      };

  /** Replaces what is in the fields of a new document by the same from others. */
  void shareIn(Document document) {
    document.entrySet().forEach(field -> field.setValue(shared(field.getValue())));
  }

  private @Nullable Object shared(@Nullable Object value) {
    if (value instanceof Document document) {
      shareIn(document);
      return same(new Fields(document), document);
    }
    if (value instanceof List<?> list && isChangeable(list)) {
      @SuppressWarnings("unchecked") // as the server decodes them
      List<@Nullable Object> items = (List<@Nullable Object>) list;
      items.replaceAll(this::shared);
      return same(new Items(items), items);
    }
    return value instanceof String text && text.length() <= LONGEST_TEXT ? same(text, text) : value;
  }

  private static boolean isChangeable(List<?> list) {
    return list.getClass() == ArrayList.class;
  }

  private Object same(Object key, Object value) {
    Object before = known.putIfAbsent(key, value);
    return before == null ? value : before;
  }

  /** Parts that are common already are the same if they are the very same. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean isSame(@Nullable Object a, @Nullable Object b) {
    return a == b || (!isPart(a) && !isPart(b) && Objects.equals(a, b));
  }

  private static int hash(@Nullable Object value) {
    return isPart(value) ? System.identityHashCode(value) : Objects.hashCode(value);
  }

  private static boolean isPart(@Nullable Object value) {
    return value instanceof Document || value instanceof List;
  }

  /** A document by its fields in their order, which a map's own equality leaves out. */
  private record Fields(Document document) {
    @Override
    public boolean equals(@Nullable Object other) {
      if (!(other instanceof Fields fields) || document.size() != fields.document.size()) {
        return false;
      }
      Iterator<Map.Entry<String, Object>> theirs = fields.document.entrySet().iterator();
      for (Map.Entry<String, Object> field : document.entrySet()) {
        Map.Entry<String, Object> their = theirs.next();
        if (!field.getKey().equals(their.getKey()) || !isSame(field.getValue(), their.getValue())) {
          return false;
        }
      }
      return true;
    }

    @Override
    public int hashCode() {
      int hash = 1;
      for (Map.Entry<String, Object> field : document.entrySet()) {
        hash = 31 * (31 * hash + field.getKey().hashCode()) + hash(field.getValue());
      }
      return hash;
    }
  }

  /** A list by its items. */
  private record Items(List<@Nullable Object> items) {
    @Override
    public boolean equals(@Nullable Object other) {
      if (!(other instanceof Items list) || items.size() != list.items.size()) {
        return false;
      }
      for (int i = 0; i < items.size(); i++) {
        if (!isSame(items.get(i), list.items.get(i))) {
          return false;
        }
      }
      return true;
    }

    @Override
    public int hashCode() {
      int hash = 2;
      for (Object item : items) {
        hash = 31 * hash + hash(item);
      }
      return hash;
    }
  }
}
