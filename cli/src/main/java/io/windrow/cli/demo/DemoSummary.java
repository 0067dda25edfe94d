package io.windrow.cli.demo;

import io.windrow.cli.client.Collection.Group;
import io.windrow.cli.client.Collection.Window;
import io.windrow.cli.terminal.Figures;
import io.windrow.cli.terminal.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The demo's tables. */
final class DemoSummary {
  private DemoSummary() {}

  /** A line for each window and one for the whole. */
  static Table windows(Group group) {
    Table table =
        new Table()
            .right("window")
            .left("train")
            .left("test")
            .right("best iteration")
            .right("IC")
            .right("Rank IC");
    for (int i = 0; i < group.windows().size(); i++) {
      Window window = group.windows().get(i);
      table.row(
          String.valueOf(i + 1),
          span(window.train()),
          span(window.test()),
          Figures.whole(window.metric("best_iteration")),
          Figures.statistic(window.metric("IC")),
          Figures.statistic(window.metric("Rank IC")));
    }
    return table;
  }

  /** The statistics of the rolled series. */
  static String whole(Group group) {
    return "%s: %s predictions on %s days, IC %s, ICIR %s, Rank IC %s, Rank ICIR %s"
        .formatted(
            group.name(),
            Figures.count(group.rows()),
            Figures.count(group.days()),
            Figures.statistic(group.statistics().get("IC")),
            Figures.statistic(group.statistics().get("ICIR")),
            Figures.statistic(group.statistics().get("Rank IC")),
            Figures.statistic(group.statistics().get("Rank ICIR")));
  }

  private static String span(@Nullable List<@Nullable String> segment) {
    if (segment == null || segment.size() != 2) {
      return "-";
    }
    String last = segment.get(1);
    return segment.get(0) + " .. " + (last == null ? "open" : last);
  }
}
