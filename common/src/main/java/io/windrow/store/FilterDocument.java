package io.windrow.store;

import io.windrow.pool.FilterField;
import io.windrow.pool.TaskFilter.Condition;
import io.windrow.pool.TaskFilter.Value;
import io.windrow.pool.TaskSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * A selection of tasks as the store's filter. Values stay values and names of keys are encoded, so
 * nothing that a person writes becomes an operator.
 *
 * <p>A field stands at the top as long as it is there once, so that indexes are used; what comes
 * after goes into {@code $and}.
 */
final class FilterDocument {
  private static final String SPECIAL = "\\^$.|?*+()[]{}-";

  private final Document top = new Document();
  private final List<Document> more = new ArrayList<>();

  private FilterDocument() {}

  static FilterDocument of(TaskSelection selection) {
    FilterDocument filter = new FilterDocument();
    if (selection.pool() != null) {
      filter.and(TaskDocument.POOL, selection.pool());
    }
    if (selection.ids() != null) {
      filter.and(TaskDocument.ID, new Document("$in", selection.ids()));
    }
    selection.filter().conditions().forEach(filter::and);
    return filter;
  }

  /** Narrows it down further. */
  FilterDocument and(String field, @Nullable Object expression) {
    if (top.containsKey(field)) {
      more.add(new Document(field, expression));
    } else {
      top.append(field, expression);
    }
    return this;
  }

  FilterDocument and(Document alternatives) {
    more.add(alternatives);
    return this;
  }

  Document document() {
    return more.isEmpty() ? top : new Document(top).append("$and", more);
  }

  private void and(Condition condition) {
    FilterField field = FilterField.of(condition.path());
    String name = field.path().stream().map(FieldNames::encode).collect(Collectors.joining("."));
    and(
        name,
        field.type() == FilterField.Type.DAY ? days(condition) : plain(condition, field.type()));
  }

  private static @Nullable Object plain(Condition condition, FilterField.Type type) {
    Object value = stored(condition.value(), type);
    return switch (condition.operator()) {
      case EQUAL -> value;
      case NOT_EQUAL -> new Document("$ne", value);
      case LESS -> new Document("$lt", value);
      case AT_MOST -> new Document("$lte", value);
      case GREATER -> new Document("$gt", value);
      case AT_LEAST -> new Document("$gte", value);
      case CONTAINS -> containing(String.valueOf(condition.value().value()));
      case IN ->
          new Document("$in", condition.values().stream().map(v -> stored(v, type)).toList());
    };
  }

  /** A year or a month stands for all its days: days are stored as text, {@code yyyy-MM-dd}. */
  private static @Nullable Object days(Condition condition) {
    Object given = condition.value().value();
    if (given == null) {
      return plain(condition, FilterField.Type.TEXT);
    }
    String first = first(given);
    String last = last(given);
    return switch (condition.operator()) {
      case EQUAL -> new Document("$gte", first).append("$lte", last);
      case NOT_EQUAL -> new Document("$not", new Document("$gte", first).append("$lte", last));
      case LESS -> new Document("$lt", first);
      case AT_MOST -> new Document("$lte", last);
      case GREATER -> new Document("$gt", last);
      case AT_LEAST -> new Document("$gte", first);
      case CONTAINS, IN -> plain(condition, FilterField.Type.TEXT);
    };
  }

  private static String first(Object period) {
    String text = period.toString();
    return text.length() == 4 ? text + "-01-01" : text.length() == 7 ? text + "-01" : text;
  }

  private static String last(Object period) {
    String text = period.toString();
    return text.length() == 4 ? text + "-12-31" : text.length() == 7 ? text + "-31" : text;
  }

  private static @Nullable Object stored(Value value, FilterField.Type type) {
    Object given = value.value();
    if (given == null || type == FilterField.Type.ANY || type == FilterField.Type.NUMBER) {
      return given;
    }
    return type == FilterField.Type.STATE
        ? given.toString().toLowerCase(Locale.ROOT)
        : given.toString();
  }

  private static Document containing(String text) {
    StringBuilder pattern = new StringBuilder();
    text.chars()
        .forEach(
            c -> {
              if (SPECIAL.indexOf(c) >= 0) {
                pattern.append('\\');
              }
              pattern.append((char) c);
            });
    return new Document("$regex", pattern.toString());
  }
}
