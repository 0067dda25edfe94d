package io.windrow.embedded.indexed;

import de.bwaldvogel.mongo.bson.ObjectId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Values that queries compare as they stand: texts, numbers, days, truth values, object ids. */
final class Scalars {
  /** Beyond this the server, which compares numbers as doubles, takes neighbours for equal. */
  private static final long MAX_EXACT = 1L << 53;

  private Scalars() {}

  static boolean is(@Nullable Object value) {
    if (value instanceof Long number) {
      return Math.abs(number) <= MAX_EXACT;
    }
    if (value instanceof Double number) {
      return Double.isFinite(number) && !number.equals(-0.0);
    }
    return value instanceof String
        || value instanceof Integer
        || value instanceof Boolean
        || value instanceof Instant
        || value instanceof ObjectId;
  }

  /** Whether two scalars are of one kind; those of different kinds are never equal or in range. */
  static boolean sameKind(Object a, Object b) {
    return rank(a) == rank(b);
  }

  /** MongoDB's order: numbers, texts, object ids, truth values, times. */
  static int compare(Object a, Object b) {
    if (a instanceof String left && b instanceof String right) {
      return left.compareTo(right);
    }
    int kinds = Integer.compare(rank(a), rank(b));
    if (kinds != 0) {
      return kinds;
    }
    if (a instanceof Number left && b instanceof Number right) {
      return Double.compare(left.doubleValue(), right.doubleValue());
    }
    if (a instanceof Instant left && b instanceof Instant right) {
      return left.compareTo(right);
    }
    if (a instanceof Boolean left && b instanceof Boolean right) {
      return left.compareTo(right);
    }
    return ((ObjectId) a).compareTo((ObjectId) b);
  }

  private static int rank(Object value) {
    if (value instanceof Number) {
      return 0;
    }
    if (value instanceof String) {
      return 1;
    }
    if (value instanceof ObjectId) {
      return 2;
    }
    return value instanceof Boolean ? 3 : 4;
  }
}
