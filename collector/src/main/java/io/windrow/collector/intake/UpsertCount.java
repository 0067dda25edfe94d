package io.windrow.collector.intake;

/**
 * What became of outcomes handed to the store: {@code given = upserted + stale}.
 *
 * @param upserted now stored
 * @param stale dropped: the same or a newer version was there, or came in the same batch
 */
public record UpsertCount(int upserted, int stale) {
  static final UpsertCount NONE = new UpsertCount(0, 0);

  UpsertCount plus(UpsertCount other) {
    return new UpsertCount(upserted + other.upserted, stale + other.stale);
  }
}
