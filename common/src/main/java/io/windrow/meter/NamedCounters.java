package io.windrow.meter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A counter for each name of a tag, held so that counting looks nothing up in the registry. A name
 * that is known beforehand counts from 0: an alert sees an increase only where there was a value
 * before. Names beyond the first hundred count together.
 */
public final class NamedCounters {
  /** Queues are made by hand, for kinds of machines or teams: tens, not hundreds. */
  public static final int MOST = 100;

  private final Map<String, Counter> counters = new ConcurrentHashMap<>();
  private final MeterRegistry meters;
  private final String name;
  private final String description;
  private final String key;
  private final Tags more;

  /**
   * @param key of the tag
   * @param more tags that are always the same
   */
  public NamedCounters(
      MeterRegistry meters, String name, String description, String key, Tags more) {
    this.meters = meters;
    this.name = name;
    this.description = description;
    this.key = key;
    this.more = more;
  }

  /** Shows names that may count some day. */
  public void know(Collection<String> names) {
    names.forEach(this::of);
  }

  /** The names that have counters of their own. */
  public Set<String> names() {
    Set<String> names = new TreeSet<>(counters.keySet());
    names.remove(ShownNames.OTHERS);
    return names;
  }

  /** The counter of a name. */
  public Counter of(String value) {
    Counter known = counters.get(value);
    if (known != null) {
      return known;
    }
    return counters.computeIfAbsent(
        counters.size() < MOST ? value : ShownNames.OTHERS,
        shown ->
            Counter.builder(name)
                .description(description)
                .tag(key, shown)
                .tags(more)
                .register(meters));
  }
}
