package io.windrow.coordinator.events;

import java.util.Arrays;
import java.util.Collection;

/**
 * The tasks of a submission, in little room: of each id, which is a hash, the first 64 bits. Two
 * tasks that share them are not expected in the lifetime of a cluster, and would only be told of
 * once too often.
 */
public final class IdSet {
  private static final int DIGITS = 16;

  private final long[] beginnings;

  /** A set of these. */
  public IdSet(Collection<String> ids) {
    this.beginnings = ids.stream().mapToLong(IdSet::beginning).sorted().toArray();
  }

  /** Whether it is among them. */
  public boolean contains(String id) {
    return Arrays.binarySearch(beginnings, beginning(id)) >= 0;
  }

  private static long beginning(String id) {
    return Long.parseUnsignedLong(id, 0, Math.min(DIGITS, id.length()), 16);
  }
}
