package io.windrow.embedded.indexed;

import de.bwaldvogel.mongo.bson.Document;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline that counts the documents of each group, and perhaps finds the least or the greatest
 * value of a field: a {@code $match} and a {@code $group} over plain fields.
 *
 * @param match the filter
 * @param key the fields of the group's id by their names there
 * @param single whether the id is the one field itself, or the constant, and no document
 * @param constant the id if it names no field
 * @param sums what is added up: a constant for each document
 * @param extremes fields whose least or greatest value is sought
 */
record GroupStage(
    Document match,
    Map<String, Path> key,
    boolean single,
    @Nullable Object constant,
    Map<String, Number> sums,
    Map<String, Extreme> extremes) {
  private static final String ID = "_id";

  /** The least or the greatest value of a field. */
  record Extreme(Path path, boolean greatest) {
    private Object of(Object a, Object b) {
      int order = Scalars.compare(a, b);
      return (greatest ? order >= 0 : order <= 0) ? a : b;
    }
  }

  static Optional<GroupStage> of(@Nullable Object pipeline) {
    if (!(pipeline instanceof List<?> stages) || stages.isEmpty() || stages.size() > 2) {
      return Optional.empty();
    }
    Document match = new Document();
    if (stages.size() == 2) {
      if (!(stages.get(0) instanceof Document first
          && first.size() == 1
          && first.get("$match") instanceof Document filter)) {
        return Optional.empty();
      }
      match = filter;
    }
    return stages.get(stages.size() - 1) instanceof Document last
            && last.size() == 1
            && last.get("$group") instanceof Document group
        ? group(match, group)
        : Optional.empty();
  }

  private static Optional<GroupStage> group(Document match, Document group) {
    Map<String, Path> key = new LinkedHashMap<>();
    Object id = group.get(ID);
    if (id instanceof Document names) {
      for (Map.Entry<String, Object> each : names.entrySet()) {
        Path path = path(each.getValue());
        if (path == null) {
          return Optional.empty();
        }
        key.put(each.getKey(), path);
      }
    }
    Path one = path(id);
    if (one != null) {
      key.put(ID, one);
    }
    boolean single = !(id instanceof Document);
    if (single && one == null && !(id == null || id instanceof Number)) {
      return Optional.empty();
    }
    Map<String, Number> sums = new LinkedHashMap<>();
    Map<String, Extreme> extremes = new LinkedHashMap<>();
    for (Map.Entry<String, Object> each : group.entrySet()) {
      if (!each.getKey().equals(ID)
          && !accumulator(each.getKey(), each.getValue(), sums, extremes)) {
        return Optional.empty();
      }
    }
    return Optional.of(new GroupStage(match, key, single, one == null ? id : null, sums, extremes));
  }

  private static boolean accumulator(
      String name,
      @Nullable Object value,
      Map<String, Number> sums,
      Map<String, Extreme> extremes) {
    if (!(value instanceof Document call) || call.size() != 1) {
      return false;
    }
    if (call.get("$sum") instanceof Integer one) {
      sums.put(name, one);
      return true;
    }
    if (call.get("$sum") instanceof Long one) {
      sums.put(name, one);
      return true;
    }
    boolean greatest = call.containsKey("$max");
    Path path = path(call.get(greatest ? "$max" : "$min"));
    if (path == null) {
      return false;
    }
    extremes.put(name, new Extreme(path, greatest));
    return true;
  }

  private static @Nullable Path path(@Nullable Object value) {
    return value instanceof String text && text.matches("\\$[A-Za-z_][A-Za-z_.]*")
        ? Path.of(text.substring(1))
        : null;
  }

  /** What it reads, beside the fields of the filter. */
  List<Path> paths() {
    return Stream.concat(key.values().stream(), extremes.values().stream().map(Extreme::path))
        .toList();
  }

  /** The names of these. */
  List<String> fields() {
    return paths().stream().map(Path::field).toList();
  }

  /** Adds documents up, one after the other. */
  final class Groups {
    private final Map<List<@Nullable Object>, Group> groups = new LinkedHashMap<>();
    private final List<String> names = List.copyOf(key.keySet());

    /** The last one: an index gives the documents of a group one after the other. */
    private @Nullable Object[] lastId = {};

    private @Nullable Group last;

    private static final class Group {
      private long count;
      private final Map<String, Object> extremes = new LinkedHashMap<>();
    }

    /**
     * Adds a document.
     *
     * @param values of {@link #fields}; overwritten by the next
     * @return false if this is not for here: a value is no scalar, or a number in the id, which has
     *     many types that are equal
     */
    boolean add(@Nullable Object[] values) {
      for (int i = 0; i < values.length; i++) {
        Object value = values[i];
        if (value == null
            || value instanceof Path.Nothing
            || (value instanceof Number && i < names.size())) {
          return false;
        }
      }
      Group group = group(values);
      group.count++;
      int at = names.size();
      for (Map.Entry<String, Extreme> each : extremes.entrySet()) {
        group.extremes.merge(each.getKey(), values[at], each.getValue()::of);
        at++;
      }
      return true;
    }

    private Group group(@Nullable Object[] values) {
      int size = names.size();
      Group known = last;
      if (known != null && Arrays.equals(lastId, 0, size, values, 0, size)) {
        return known;
      }
      lastId = Arrays.copyOf(values, size);
      Group group = groups.computeIfAbsent(Arrays.asList(lastId), id -> new Group());
      last = group;
      return group;
    }

    List<Document> rows() {
      return groups.entrySet().stream().map(each -> row(each.getKey(), each.getValue())).toList();
    }

    private Document row(List<@Nullable Object> id, Group group) {
      Document row = new Document(ID, id(id));
      sums.forEach((name, one) -> row.append(name, sum(one, group.count)));
      row.putAll(group.extremes);
      return row;
    }

    private @Nullable Object id(List<@Nullable Object> values) {
      if (single) {
        return values.isEmpty() ? constant : values.get(0);
      }
      Document id = new Document();
      for (int i = 0; i < names.size(); i++) {
        id.append(names.get(i), values.get(i));
      }
      return id;
    }

    private static Number sum(Number one, long count) {
      long sum = Math.multiplyExact(one.longValue(), count);
      return one instanceof Integer && sum == (int) sum ? (Number) (int) sum : (Number) sum;
    }
  }
}
