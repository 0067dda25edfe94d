package io.windrow.embedded.indexed;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.List;

/**
 * Where a value is in a document, as queries name it: {@code lease.heartbeatAt}.
 *
 * @param field the name as a whole
 * @param names its parts
 */
record Path(String field, List<String> names) {

  /** What is found in a place instead of a {@link Scalars scalar}. */
  enum Nothing {
    /** There is no such place. */
    ABSENT,
    NULL,
    /** Queries look into lists, so it is more than one value. */
    LIST,
    /** A document, or a value whose order is not known here. */
    OTHER
  }

  static Path of(String field) {
    return new Path(field, List.of(field.split("\\.", -1)));
  }

  /** Whether two documents have the very same there, which is quicker to say than an equal. */
  boolean shared(Document a, Document b) {
    String first = names.get(0);
    return a.getOrMissing(first) == b.getOrMissing(first);
  }

  /** The scalar there, or {@link Nothing}. */
  Object in(Document document) {
    Object at = document;
    for (String name : names) {
      if (at instanceof Document each) {
        at = each.getOrMissing(name);
      } else if (at instanceof List<?> list) {
        at = item(list, name);
      } else {
        return at == Nothing.LIST ? Nothing.LIST : Nothing.ABSENT;
      }
    }
    if (at == null) {
      return Nothing.NULL;
    }
    if (at instanceof Missing) {
      return Nothing.ABSENT;
    }
    if (at instanceof Collection) {
      return Nothing.LIST;
    }
    return at instanceof Nothing || Scalars.is(at) ? at : Nothing.OTHER;
  }

  private static Object item(List<?> list, String name) {
    for (Object item : list) {
      if (item instanceof Document || item instanceof Collection) {
        return Nothing.LIST; // the name may be that of a key in each of them
      }
    }
    if (name.isEmpty() || name.length() > 4 || !name.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Nothing.ABSENT;
    }
    int index = Integer.parseInt(name);
    Object item = index < list.size() ? list.get(index) : Nothing.ABSENT;
    return item == null ? Nothing.NULL : item;
  }
}
