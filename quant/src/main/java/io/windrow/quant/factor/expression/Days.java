package io.windrow.quant.factor.expression;

import java.util.List;

/** Calendar indices from {@code first} to {@code end - 1}. */
record Days(int first, int end) {

  /** From the first day that any of the columns has to the last. */
  static Days of(List<Column> columns) {
    int first = Integer.MAX_VALUE;
    int end = 0;
    for (Column column : columns) {
      if (!column.isEmpty()) {
        first = Math.min(first, column.start());
        end = Math.max(end, column.end());
      }
    }
    return new Days(Math.min(first, end), end);
  }

  int count() {
    return end - first;
  }

  boolean isEmpty() {
    return first == end;
  }
}
