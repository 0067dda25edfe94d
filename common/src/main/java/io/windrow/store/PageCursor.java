package io.windrow.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.windrow.pool.TaskOrder;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Where a page of tasks ends: the last task's place in the order.
 *
 * @param order the order it is a place of
 * @param value of the field it is sorted by; the id's is the id
 * @param id of the task
 */
record PageCursor(TaskOrder order, long value, String id) {

  static PageCursor of(TaskOrder order, Document last) {
    Object value = last.get(field(order));
    return new PageCursor(
        order,
        value instanceof Date date
            ? date.toInstant().toEpochMilli()
            : value instanceof Number number ? number.longValue() : 0,
        last.getString(TaskDocument.ID));
  }

  String word() {
    String text = order.word() + " " + value + " " + id;
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  /**
   * Reads it back.
   *
   * @throws IllegalArgumentException if it is none, or of another order
   */
  static PageCursor read(String word, TaskOrder order) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(word), UTF_8);
      List<String> parts = List.of(text.split(" ", 3));
      if (parts.size() == 3 && parts.get(0).equals(order.word())) {
        return new PageCursor(order, Long.parseLong(parts.get(1)), parts.get(2));
      }
    } catch (IllegalArgumentException e) {
      throw none(e);
    }
    throw none(null);
  }

  /** Narrows a filter down to what comes after. */
  void narrow(FilterDocument filter) {
    String past = order.ascending() ? "$gt" : "$lt";
    Document laterId = new Document(past, id);
    if (order == TaskOrder.ID || order == TaskOrder.ID_DOWN) {
      filter.and(TaskDocument.ID, laterId);
      return;
    }
    String field = field(order);
    Object at = field.endsWith("At") ? Date.from(Instant.ofEpochMilli(value)) : (Object) value;
    filter.and(field, new Document(past + "e", at)); // says where an index may begin
    filter.and(
        new Document(
            "$or",
            List.of(
                new Document(field, new Document(past, at)),
                new Document(field, at).append(TaskDocument.ID, laterId))));
  }

  static Document sort(TaskOrder order) {
    int direction = order.ascending() ? 1 : -1;
    Document sort = new Document();
    if (order != TaskOrder.ID && order != TaskOrder.ID_DOWN) {
      sort.append(field(order), direction);
    }
    return sort.append(TaskDocument.ID, direction);
  }

  private static String field(TaskOrder order) {
    return order.field().equals("id") ? TaskDocument.ID : order.field();
  }

  private static IllegalArgumentException none(@Nullable Exception cause) {
    return new IllegalArgumentException(
        "'after' is not what a page of this order ended with; leave it out to begin at the first",
        cause);
  }
}
