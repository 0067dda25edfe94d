package io.windrow.embedded.indexed;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * The values of some fields, by the position of their document. To read a field of 100,000
 * documents takes longer for finding it in each than for looking at it. Every change of a document
 * is made here, too.
 */
final class Columns {
  /** Filters name other fields over the years: those not asked for longest are let go. */
  private static final int MOST = 32;

  private final Map<String, Column> columns = new LinkedHashMap<>(MOST, 0.75f, true);

  /** The values of one field. */
  static final class Column {
    private static final int MOST_SHARED = 4_096;

    private final Path path;
    private final List<Object> values = new ArrayList<>();

    /** Equal values of many documents are one object, which stays near the processor. */
    private final Map<Object, Object> shared = new HashMap<>();

    private Column(Path path) {
      this.path = path;
    }

    /** As {@link Path#in} finds it. */
    Object value(int position) {
      return values.get(position);
    }

    private void set(int position, Document document) {
      while (values.size() <= position) {
        values.add(Path.Nothing.ABSENT);
      }
      Object value = path.in(document);
      Object same = shared.get(value);
      if (same == null && shared.size() < MOST_SHARED) {
        shared.put(value, value);
      }
      values.set(position, same == null ? value : same);
    }
  }

  /**
   * The column of a field, which is made if it is not there.
   *
   * @param live positions of the documents
   */
  Column of(Path path, BitSet live, IntFunction<Document> documents) {
    Column known = columns.get(path.field());
    if (known != null) {
      return known;
    }
    Column column = new Column(path);
    live.stream().forEach(position -> column.set(position, documents.apply(position)));
    if (columns.size() >= MOST) {
      Iterator<String> eldest = columns.keySet().iterator();
      eldest.next();
      eldest.remove();
    }
    columns.put(path.field(), column);
    return column;
  }

  /** A document is new. */
  void set(int position, Document document) {
    columns.values().forEach(column -> column.set(position, document));
  }

  /** A document is other than it was. */
  void update(int position, Document before, Document now) {
    for (Column column : columns.values()) {
      if (!column.path.shared(before, now)) {
        column.set(position, now);
      }
    }
  }
}
