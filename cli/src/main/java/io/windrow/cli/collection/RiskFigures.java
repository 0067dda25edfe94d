package io.windrow.cli.collection;

import io.windrow.cli.client.Collection;
import io.windrow.cli.client.Collection.Backtest;
import io.windrow.cli.client.Collection.Group;
import io.windrow.cli.terminal.Figures;
import io.windrow.cli.terminal.Table;
import java.util.ArrayList;
import java.util.List;

/** The figures of the back-tests, for people. */
public final class RiskFigures {
  private static final String EXCESS = "excess_return_";
  private static final List<String> COSTS = List.of("without_cost", "with_cost");

  private RiskFigures() {}

  /** A table of the groups that were traded, and a line for each that could not be. */
  public static List<String> lines(Collection collection) {
    List<String> lines = new ArrayList<>();
    Table table =
        new Table()
            .left("group")
            .left("excess return")
            .right("annualized_return")
            .right("information_ratio")
            .right("max_drawdown");
    for (Group group : collection.groups()) {
      if (group.traded()) {
        COSTS.forEach(
            cost ->
                table.row(
                    group.name(),
                    cost.replace('_', ' '),
                    Figures.percent(group.risk(EXCESS + cost, "annualized_return")),
                    Figures.statistic(group.risk(EXCESS + cost, "information_ratio")),
                    Figures.percent(group.risk(EXCESS + cost, "max_drawdown"))));
      }
    }
    if (collection.groups().stream().anyMatch(Group::traded)) {
      lines.add("");
      lines.addAll(table.lines());
      lines.add("");
    }
    for (Group group : collection.groups()) {
      Backtest backtest = group.backtest();
      if (backtest != null && backtest.state().equals("unavailable")) {
        lines.add("%s: no back-test: %s".formatted(group.name(), backtest.message()));
      } else if (backtest != null && backtest.state().equals("incomplete")) {
        lines.add("%s: not back-tested, since windows are missing".formatted(group.name()));
      }
    }
    return lines;
  }
}
