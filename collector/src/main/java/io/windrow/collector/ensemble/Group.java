package io.windrow.collector.ensemble;

import io.windrow.collector.ensemble.Results.Keyed;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Splits results into groups and makes one result of each, as Qlib's Group does. The groups keep
 * the order that the split gives them.
 *
 * @param split results by key into groups by key
 * @param ensemble what is done with each group
 * @param <V> type of a single result
 */
public record Group<V>(Function<Keyed<V>, Map<Object, Keyed<V>>> split, Processing<V> ensemble)
    implements Processing<V> {

  /**
   * The groups' results.
   *
   * @throws IllegalArgumentException if there is nothing to split, or a key does not fit
   */
  @Override
  public Results<V> apply(Results<V> results) {
    if (!(results instanceof Keyed<V> keyed)) {
      throw new IllegalArgumentException(
          "there is a single result, which cannot be split into groups");
    }
    Map<Object, Results<V>> reduced = new LinkedHashMap<>();
    split.apply(keyed).forEach((key, group) -> reduced.put(key, ensemble.apply(group)));
    return new Keyed<>(reduced);
  }
}
