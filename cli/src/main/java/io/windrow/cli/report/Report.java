package io.windrow.cli.report;

import io.windrow.cli.client.Collection;
import java.util.List;

/**
 * What a report shows.
 *
 * @param collection the collection and its groups
 * @param days what there is of each day, for each group
 * @param notice what the reader must know about the data
 * @param facts figures about the run, for example where the time went
 */
public record Report(Collection collection, List<Days> days, String notice, List<Fact> facts) {

  public Report {
    days = List.copyOf(days);
    facts = List.copyOf(facts);
    if (days.size() != collection.groups().size()) {
      throw new IllegalArgumentException("one list of days for each group is needed");
    }
  }

  /**
   * What there is of each day; empty where there is nothing.
   *
   * @param ic columns {@code ic} and {@code ric}
   * @param quantiles columns {@code group1} to {@code group5} and {@code long_short}
   * @param backtest the columns of Qlib's report_normal
   */
  public record Days(DailyTable ic, DailyTable quantiles, DailyTable backtest) {}

  /**
   * One figure.
   *
   * @param name what it is
   * @param value with its unit
   */
  public record Fact(String name, String value) {}
}
