package io.windrow.embedded.indexed;

import de.bwaldvogel.mongo.bson.Document;
import io.windrow.embedded.indexed.OrderedIndex.Entry;
import io.windrow.embedded.indexed.OrderedIndex.Range;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The secondary indexes of a collection, and which of them serves a query. */
final class IndexSet {
  /** So few documents are sorted sooner than sought in an order. */
  private static final int FEW = 2_000;

  /**
   * Of two that are worth the same, one with fewer entries is taken, if it has fewer than these.
   */
  private static final int VERY_FEW = 100;

  private final Map<String, OrderedIndex> indexes = new LinkedHashMap<>();
  private final Set<Path> paths = new LinkedHashSet<>();

  void put(String name, OrderedIndex index) {
    indexes.put(name, index);
    paths.addAll(index.paths());
  }

  boolean contains(String name) {
    return indexes.containsKey(name);
  }

  void drop(String name) {
    indexes.remove(name);
    paths.clear();
    indexes.values().forEach(index -> paths.addAll(index.paths()));
  }

  void added(Document document, int position) {
    indexes.values().forEach(index -> index.add(document, position));
  }

  void removed(Document document, int position) {
    indexes.values().forEach(index -> index.remove(document, position));
  }

  /**
   * Indexes share fields, and most changes touch few of them: each is looked at once.
   *
   * @param fields of the documents, outside of which nothing changed; null if that is not known
   */
  void updated(@Nullable Set<String> fields, Document before, Document now, int position) {
    Set<String> changed = new HashSet<>();
    for (Path path : paths) {
      if ((fields == null || fields.contains(path.names().get(0)))
          && !path.shared(before, now)
          && !path.in(before).equals(path.in(now))) {
        changed.add(path.field());
      }
    }
    if (changed.isEmpty()) {
      return;
    }
    for (OrderedIndex index : indexes.values()) {
      if (index.reads(changed)) {
        index.update(before, now, position);
      }
    }
  }

  /** Positions of what may match, in no order; empty if no index says. */
  Optional<List<Integer>> narrow(Query query) {
    return narrowest(query).map(IndexSet::inPlace);
  }

  /**
   * Positions of what may match, in the order asked for; empty if no index has it, or if it is
   * quicker to sort what {@link #narrow} leaves.
   */
  Optional<Stream<Integer>> inOrder(Query query, Document order) {
    Optional<Range> ordered =
        best(indexes.values().stream().flatMap(index -> index.inOrder(query, order).stream()));
    Optional<Range> narrowed = narrowest(query);
    boolean narrower =
        ordered.isPresent()
            && narrowed.isPresent()
            && narrowed.get().worth() > ordered.get().worth()
            && narrowed.get().entries().stream().limit(FEW).count() < FEW;
    return narrower
        ? Optional.empty()
        : ordered.map(range -> range.entries().stream().map(Entry::position));
  }

  /** An index that has all these fields, and the entries of exactly the documents that match. */
  record Covering(OrderedIndex index, Range range) {}

  Optional<Covering> covering(Query query, List<String> fields) {
    if (!query.whole()) {
      return Optional.empty();
    }
    int conditions = query.conditions().size();
    return indexes.values().stream()
        .filter(index -> fields.stream().allMatch(field -> index.place(field) >= 0))
        .flatMap(
            index ->
                (conditions == 0 ? index.all() : index.narrow(query))
                        .filter(range -> range.equal() == conditions && !range.bounded())
                        .map(range -> new Covering(index, range))
                        .stream())
        .findFirst();
  }

  /** Only those that are worth most are asked: an index that is not asked need not settle. */
  private Optional<Range> narrowest(Query query) {
    NavigableMap<Integer, List<OrderedIndex>> byWorth = new TreeMap<>();
    indexes
        .values()
        .forEach(
            index ->
                byWorth.computeIfAbsent(index.worth(query), none -> new ArrayList<>()).add(index));
    return byWorth.descendingMap().values().stream()
        .map(group -> best(group.stream().flatMap(index -> index.narrow(query).stream())))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Range> best(Stream<Range> ranges) {
    return ranges.max(Comparator.comparingInt(Range::worth).thenComparingLong(IndexSet::fewness));
  }

  private static long fewness(Range range) {
    return -range.entries().stream().limit(VERY_FEW).count();
  }

  /** As they lie in the collection: what has no order asked for keeps that one. */
  private static List<Integer> inPlace(Range range) {
    return range.entries().stream().map(Entry::position).sorted().toList();
  }
}
