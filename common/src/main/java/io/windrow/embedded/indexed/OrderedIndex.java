package io.windrow.embedded.indexed;

import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.bson.Document;
import io.windrow.embedded.indexed.Condition.Operator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The positions of a collection's documents, ordered by the values of some fields.
 *
 * <p>It gives more than what matches rather than less: whoever asks judges each document again.
 */
final class OrderedIndex {
  /** So many are moved in a few milliseconds, which nobody notices who asks. */
  private static final int MOST_LATE = 10_000;

  private static final Operator[] BOUNDS = {
    Operator.AT_LEAST, Operator.GREATER, Operator.AT_MOST, Operator.LESS, Operator.IN
  };

  private final List<Path> paths;
  private final boolean[] descending;
  private final boolean sparse;
  private final NavigableSet<Entry> entries = new TreeSet<>(this::compareEntries);

  /** Documents whose entries are not yet what they have become. */
  private final Map<Integer, Late> late = new HashMap<>();

  /** Documents that are in no order here, since a list is many values. */
  private int lists;

  /** Documents with values whose order is not known here. */
  private int others;

  /**
   * A document changes several times before anybody asks for it here, and to move it in the order
   * costs more than all else of a small update: it is moved when somebody asks.
   *
   * @param entered what its entry says; null if it has none yet
   * @param found what it should say
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Late(Object @Nullable [] entered, Object[] found) {}

  /** All documents of the collection and their positions. */
  private final Consumer<BiConsumer<Document, Integer>> all;

  /** It costs nothing before somebody has asked for it: many never are. */
  private boolean built;

  OrderedIndex(List<IndexKey> keys, boolean sparse, Consumer<BiConsumer<Document, Integer>> all) {
    this.all = all;
    this.paths = keys.stream().map(key -> Path.of(key.getKey())).toList();
    this.descending = new boolean[keys.size()];
    for (int i = 0; i < descending.length; i++) {
      descending[i] = !keys.get(i).isAscending();
    }
    this.sparse = sparse;
  }

  /** A document's place, or one before or after all that begin with the same values. */
  static final class Entry {
    private final @Nullable Object[] values;
    private final int position;

    private Entry(@Nullable Object[] values, int position) {
      this.values = values;
      this.position = position;
    }

    /** The value of a field by its {@link #place}; null for what is not there. */
    @Nullable Object value(int place) {
      return values[place];
    }

    /** Of the document. */
    int position() {
      return position;
    }
  }

  /** How a query may use this index: entries to look at, and how good that is. */
  record Range(NavigableSet<Entry> entries, int equal, boolean bounded) {
    /** More leading fields are better, then a bound on the next. */
    int worth() {
      return 2 * equal + (bounded ? 1 : 0);
    }
  }

  /** The fields, the first most significant. */
  List<Path> paths() {
    return paths;
  }

  /** Whether any of these is a field of its. */
  boolean reads(Set<String> fields) {
    for (Path path : paths) {
      if (fields.contains(path.field())) {
        return true;
      }
    }
    return false;
  }

  void add(Document document, int position) {
    if (built) {
      put(position, null, found(document));
    }
  }

  void remove(Document document, int position) {
    if (!built) {
      return;
    }
    Late known = late.remove(position);
    Object[] entered = known == null ? found(document) : known.entered();
    if (entered != null) {
      change(entered, position, -1);
    }
  }

  void update(Document before, Document now, int position) {
    if (!built) {
      return;
    }
    Late known = late.get(position);
    put(position, known == null ? found(before) : known.entered(), found(now));
  }

  private void put(int position, Object @Nullable [] entered, Object[] found) {
    if (entered != null && Arrays.equals(entered, found)) {
      late.remove(position);
      return;
    }
    late.put(position, new Late(entered, found));
    if (late.size() >= MOST_LATE) {
      settle();
    }
  }

  /** Before anything is read here. */
  private void settle() {
    if (!built) {
      built = true;
      all.accept((document, position) -> change(found(document), position, 1));
      return;
    }
    late.forEach(
        (position, each) -> {
          if (each.entered() != null) {
            change(each.entered(), position, -1);
          }
          change(each.found(), position, 1);
        });
    late.clear();
  }

  private void change(Object[] found, int position, int by) {
    List<Object> all = Arrays.asList(found);
    if (all.contains(Path.Nothing.LIST)) {
      lists += by;
      return;
    }
    if (sparse && all.stream().allMatch(value -> value == Path.Nothing.ABSENT)) {
      return;
    }
    if (all.contains(Path.Nothing.OTHER)) {
      others += by;
    }
    @Nullable Object[] values = new @Nullable Object[found.length];
    for (int i = 0; i < values.length; i++) {
      boolean nothing = found[i] == Path.Nothing.ABSENT || found[i] == Path.Nothing.NULL;
      values[i] = nothing ? null : found[i];
    }
    Entry entry = new Entry(values, position);
    boolean changed = by > 0 ? entries.add(entry) : entries.remove(entry);
    if (!changed) {
      throw new IllegalStateException("index on " + paths + " is out of step at " + position);
    }
  }

  private Object[] found(Document document) {
    Object[] found = new Object[paths.size()];
    for (int i = 0; i < found.length; i++) {
      found[i] = paths.get(i).in(document);
    }
    return found;
  }

  /** Where it has a field among its own; negative if it has not. */
  int place(String field) {
    for (int i = 0; i < paths.size(); i++) {
      if (paths.get(i).field().equals(field)) {
        return i;
      }
    }
    return -1;
  }

  /** What {@link #narrow} would be worth, if it can tell; negative if it leaves all. */
  int worth(Query query) {
    int equal = equal(query);
    boolean bounded =
        equal < paths.size() && query.find(paths.get(equal).field(), BOUNDS).isPresent();
    boolean present = sparse && query.find(paths.get(0).field(), Operator.EXISTS).isPresent();
    return equal > 0 || bounded || present ? 2 * equal + (bounded ? 1 : 0) : -1;
  }

  /** The entries that a query leaves; empty if it leaves all, or this index cannot tell. */
  Optional<Range> narrow(Query query) {
    if (worth(query) < 0) {
      return Optional.empty();
    }
    settle();
    return lists > 0 ? Optional.empty() : Optional.of(range(query, equal(query)));
  }

  /** All entries; empty if documents are left out. */
  Optional<Range> all() {
    settle();
    return lists > 0 || sparse ? Optional.empty() : Optional.of(new Range(entries, 0, false));
  }

  /**
   * The entries that a query leaves, in the order asked for.
   *
   * @param order fields with 1 or -1
   */
  Optional<Range> inOrder(Query query, Document order) {
    int equal = equal(query);
    for (int from = equal; from >= 0; from--) {
      if (from + order.size() <= paths.size() && !(sparse && from == 0)) {
        Boolean reversed = reversed(from, order);
        if (reversed != null) {
          settle();
          return lists > 0 || others > 0
              ? Optional.empty()
              : Optional.of(inOrder(query, from, reversed));
        }
      }
    }
    return Optional.empty();
  }

  private Range inOrder(Query query, int from, boolean reversed) {
    Range range = range(query, from);
    return reversed ? new Range(range.entries().descendingSet(), from, range.bounded()) : range;
  }

  /** Whether the fields from {@code from} on are the order's, backwards or not; null if neither. */
  private @Nullable Boolean reversed(int from, Document order) {
    Boolean reversed = null;
    int i = from;
    for (String field : order.keySet()) {
      if (!paths.get(i).field().equals(field) || !(order.get(field) instanceof Number direction)) {
        return null;
      }
      boolean turned = (direction.intValue() < 0) != descending[i];
      if (reversed != null && reversed != turned) {
        return null;
      }
      reversed = turned;
      i++;
    }
    return reversed;
  }

  /** How many leading fields the query sets to one value. */
  private int equal(Query query) {
    int equal = 0;
    while (equal < paths.size()
        && query.find(paths.get(equal).field(), Operator.EQUAL).isPresent()) {
      equal++;
    }
    return equal;
  }

  private Range range(Query query, int equal) {
    List<Object> prefix = new ArrayList<>();
    for (int i = 0; i < equal; i++) {
      prefix.add(query.find(paths.get(i).field(), Operator.EQUAL).orElseThrow().operand());
    }
    Entry first = before(prefix, null);
    Entry last = after(prefix, null);
    boolean bounded = false;
    if (equal < paths.size()) {
      String field = paths.get(equal).field();
      Bound least = bound(query, field, Operator.AT_LEAST, Operator.GREATER, -1);
      Bound most = bound(query, field, Operator.AT_MOST, Operator.LESS, 1);
      bounded = least.value() != null || most.value() != null;
      Bound from = descending[equal] ? most : least;
      Bound to = descending[equal] ? least : most;
      first = from.exclusive() ? after(prefix, from.value()) : before(prefix, from.value());
      last = to.exclusive() ? before(prefix, to.value()) : after(prefix, to.value());
      if (compareEntries(first, last) > 0) {
        last = first; // no value is in both bounds
      }
    }
    return new Range(entries.subSet(first, true, last, true), equal, bounded);
  }

  /** Where the values of a field begin or end; without a value they do not. */
  private record Bound(@Nullable Object value, boolean exclusive) {
    static final Bound NONE = new Bound(null, false);
  }

  /** A bound of the field, of {@code IN} its least or greatest value. */
  private static Bound bound(
      Query query, String field, Operator inclusive, Operator exclusive, int sign) {
    Optional<Condition> found = query.find(field, inclusive, exclusive);
    if (found.isPresent()) {
      return new Bound(found.get().operand(), found.get().operator() == exclusive);
    }
    return query
        .find(field, Operator.IN)
        .flatMap(in -> in.operands().stream().max((a, b) -> sign * Scalars.compare(a, b)))
        .map(value -> new Bound(value, false))
        .orElse(Bound.NONE);
  }

  private static Entry before(List<Object> prefix, @Nullable Object next) {
    return new Entry(values(prefix, next), -1);
  }

  private static Entry after(List<Object> prefix, @Nullable Object next) {
    return new Entry(values(prefix, next), Integer.MAX_VALUE);
  }

  private static @Nullable Object[] values(List<Object> prefix, @Nullable Object next) {
    List<Object> values = new ArrayList<>(prefix);
    if (next != null) {
      values.add(next);
    }
    return values.toArray();
  }

  private int compareEntries(Entry a, Entry b) {
    int common = Math.min(a.values.length, b.values.length);
    for (int i = 0; i < common; i++) {
      int order = compare(a.values[i], b.values[i]);
      if (order != 0) {
        return descending[i] ? -order : order;
      }
    }
    if (a.values.length < b.values.length) {
      return a.position < 0 ? -1 : 1;
    }
    if (a.values.length > b.values.length) {
      return b.position < 0 ? 1 : -1;
    }
    return Integer.compare(a.position, b.position);
  }

  /** Nothing comes first, what has no order here comes last. */
  private static int compare(@Nullable Object a, @Nullable Object b) {
    if (a == null || b == null) {
      return Boolean.compare(a != null, b != null);
    }
    if (a == Path.Nothing.OTHER || b == Path.Nothing.OTHER) {
      return Boolean.compare(a == Path.Nothing.OTHER, b == Path.Nothing.OTHER);
    }
    return Scalars.compare(a, b);
  }
}
