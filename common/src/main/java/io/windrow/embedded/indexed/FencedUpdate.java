package io.windrow.embedded.indexed;

import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.NumericUtils;
import de.bwaldvogel.mongo.bson.Document;
import io.windrow.embedded.indexed.Condition.Operator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An update of plain fields, as every step of a task is one. The server copies the whole document
 * for it, twice, and compares the copies; here only what is on the way to a changed field is
 * copied, and the rest shared. That is safe since neither changes what is inside a document's
 * fields in place.
 *
 * @param changes in the order in which they are made; no field of one is in that of another
 */
record FencedUpdate(List<Change> changes) {
  private static final String ID = "_id";

  /** What becomes of a field, unless it is a value. */
  private enum Verdict {
    KEEP,
    REMOVE,
    /** Only the server can say, perhaps with an error. */
    UNKNOWN
  }

  /** What is done to one field. */
  private interface Step {
    /** The new value, or {@link Verdict}; the old may be {@link Missing}. */
    @Nullable Object apply(@Nullable Object old, @Nullable Object operand);
  }

  private static final Map<String, Step> STEPS =
      Map.of(
          "$set", FencedUpdate::set,
          "$unset", FencedUpdate::unset,
          "$inc", FencedUpdate::increment,
          "$push", FencedUpdate::push,
          "$currentDate", FencedUpdate::currentDate);

  record Change(Path path, Step step, @Nullable Object operand) {}

  /** Whether at most one document matches, and its id says which. */
  static boolean fences(Query filter) {
    for (Condition each : filter.conditions()) {
      if (each.operator() != Operator.EQUAL) {
        return false;
      }
    }
    return filter.whole() && filter.find(ID, Operator.EQUAL).isPresent();
  }

  /** Empty if it is left to the server. */
  static Optional<FencedUpdate> of(Document update) {
    List<Change> changes = new ArrayList<>();
    for (Map.Entry<String, Object> each : update.entrySet()) {
      Step step = STEPS.get(each.getKey());
      if (step == null || !(each.getValue() instanceof Document fields)) {
        return Optional.empty();
      }
      for (Map.Entry<String, Object> field : fields.entrySet()) {
        Path path = Path.of(field.getKey());
        if (!isPlain(path) || !isPlain(field.getValue()) || overlaps(changes, path.field())) {
          return Optional.empty();
        }
        changes.add(new Change(path, step, field.getValue()));
      }
    }
    return update.isEmpty() ? Optional.empty() : Optional.of(new FencedUpdate(changes));
  }

  private static boolean isPlain(Path path) {
    for (String name : path.names()) {
      if (name.isEmpty() || name.startsWith("$")) {
        return false;
      }
    }
    return !path.names().get(0).equals(ID);
  }

  /** Whether it has no operators in it, nor names that the server refuses. */
  private static boolean isPlain(@Nullable Object value) {
    if (value instanceof Document document) {
      for (Map.Entry<String, Object> each : document.entrySet()) {
        if (each.getKey().startsWith("$") || !isPlain(each.getValue())) {
          return false;
        }
      }
      return true;
    }
    if (value instanceof Collection<?> items) {
      for (Object item : items) {
        if (!isPlain(item)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean overlaps(List<Change> changes, String field) {
    for (Change other : changes) {
      if (overlap(other.path().field(), field)) {
        return true;
      }
    }
    return false;
  }

  private static boolean overlap(String a, String b) {
    String shorter = a.length() < b.length() ? a : b;
    String longer = a.length() < b.length() ? b : a;
    return longer.startsWith(shorter)
        && (longer.length() == shorter.length() || longer.charAt(shorter.length()) == '.');
  }

  /**
   * The document as it becomes, which shares with the old one what stays as it is; the old one
   * itself if all does; null if only the server can say.
   */
  @Nullable Document applyTo(Document before) {
    Document now = before;
    for (Change change : changes) {
      Object old = value(now, change.path());
      Object next = old == Verdict.UNKNOWN ? old : change.step().apply(old, change.operand());
      if (next == Verdict.UNKNOWN) {
        return null;
      }
      if (next != Verdict.KEEP) {
        now = with(now, before, change.path().names(), next);
      }
    }
    return now;
  }

  /** The fields that may change, of the document itself: what is in them counts as they. */
  Set<String> fields() {
    Set<String> fields = new LinkedHashSet<>();
    changes.forEach(change -> fields.add(change.path().names().get(0)));
    return fields;
  }

  private static @Nullable Object value(Document document, Path path) {
    Object at = document;
    for (String name : path.names()) {
      if (at instanceof Document each) {
        at = each.getOrMissing(name);
      } else if (Missing.isNullOrMissing(at)) {
        at = Missing.getInstance();
      } else {
        return Verdict.UNKNOWN;
      }
    }
    return at;
  }

  /** The document with one more change; copied unless an earlier change did so. */
  @SuppressWarnings("ReferenceEquality") // the very same document, not one that reads the same
  private static Document with(
      Document now, @Nullable Object before, List<String> names, @Nullable Object value) {
    Document changed = now == before ? new Document(now) : now;
    String name = names.get(0);
    if (names.size() > 1) {
      Object inner = before instanceof Document known ? known.get(name) : null;
      Document part = now.get(name) instanceof Document known ? known : new Document();
      changed.put(name, with(part, inner, names.subList(1, names.size()), value));
    } else if (value == Verdict.REMOVE) {
      changed.remove(name);
    } else {
      changed.put(name, value);
    }
    return changed;
  }

  private static @Nullable Object set(@Nullable Object old, @Nullable Object value) {
    if (old instanceof Missing) {
      return value == null ? Verdict.UNKNOWN : value;
    }
    return same(old, value) ? Verdict.KEEP : value;
  }

  private static Object unset(@Nullable Object old, @Nullable Object ignored) {
    if (old == null) {
      return Verdict.UNKNOWN;
    }
    return old instanceof Missing ? Verdict.KEEP : Verdict.REMOVE;
  }

  private static Object increment(@Nullable Object old, @Nullable Object by) {
    Object from = Missing.isNullOrMissing(old) ? Integer.valueOf(0) : old;
    if (!(from instanceof Number number && by instanceof Number more)) {
      return Verdict.UNKNOWN;
    }
    Number sum = NumericUtils.addNumbers(number, more);
    return same(old, sum) ? Verdict.UNKNOWN : sum; // perhaps of another type
  }

  private static Object push(@Nullable Object old, @Nullable Object item) {
    List<@Nullable Object> items = new ArrayList<>();
    if (old instanceof List<?> list) {
      items.addAll(list);
    } else if (!(old instanceof Missing)) {
      return Verdict.UNKNOWN;
    }
    items.add(item);
    return items;
  }

  private static Object currentDate(@Nullable Object old, @Nullable Object type) {
    Instant now = Instant.now();
    if (!Boolean.TRUE.equals(type)) {
      return Verdict.UNKNOWN;
    }
    return now.equals(old) ? Verdict.KEEP : now;
  }

  /** Whether the server takes them for equal, which numbers of many types are. */
  private static boolean same(@Nullable Object a, @Nullable Object b) {
    if (a == null || b == null || a instanceof Missing) {
      return a == b;
    }
    if (Scalars.is(a) && Scalars.is(b)) {
      return Scalars.compare(a, b) == 0;
    }
    return new KeyValue(List.of(a)).normalized().equals(new KeyValue(List.of(b)).normalized());
  }
}
