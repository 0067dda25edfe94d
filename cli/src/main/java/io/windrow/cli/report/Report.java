package io.windrow.cli.report;

import io.windrow.cli.client.Collection;
import io.windrow.quant.evaluate.DailyIc;
import java.util.List;

/**
 * What a report shows.
 *
 * @param collection the collection and its groups
 * @param days IC of each day, for each group
 * @param notice what the reader must know about the data
 * @param facts figures about the run, for example where the time went
 */
public record Report(
    Collection collection, List<List<DailyIc>> days, String notice, List<Fact> facts) {

  public Report {
    days = List.copyOf(days);
    facts = List.copyOf(facts);
    if (days.size() != collection.groups().size()) {
      throw new IllegalArgumentException("one list of days for each group is needed");
    }
  }

  /**
   * One figure.
   *
   * @param name what it is
   * @param value with its unit
   */
  public record Fact(String name, String value) {}
}
