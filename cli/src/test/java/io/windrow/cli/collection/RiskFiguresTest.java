package io.windrow.cli.collection;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.cli.client.Collection;
import io.windrow.cli.client.Collection.Backtest;
import io.windrow.cli.client.Collection.Group;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RiskFiguresTest {

  @Test
  void tells_what_was_earned_and_what_could_not_be_traded() {
    assertThat(
            RiskFigures.lines(
                collection(
                    group(
                        "A",
                        new Backtest("done", null, List.of("2020-01-02", "2020-12-30")),
                        Map.of(
                            "1day.excess_return_without_cost.annualized_return", 0.1234,
                            "1day.excess_return_with_cost.annualized_return", 0.0512,
                            "1day.excess_return_with_cost.information_ratio", 0.75,
                            "1day.excess_return_with_cost.max_drawdown", -0.031)),
                    group("B", new Backtest("unavailable", "no market data", null), Map.of()),
                    group("C", new Backtest("incomplete", null, null), Map.of()))))
        .containsExactly(
            "",
            "group  excess return  annualized_return  information_ratio  max_drawdown",
            "-----  -------------  -----------------  -----------------  ------------",
            "A      without cost             12.34 %                  -             -",
            "A      with cost                 5.12 %             0.7500       -3.10 %",
            "",
            "B: no back-test: no market data",
            "C: not back-tested, since windows are missing");
  }

  @Test
  void says_nothing_where_nobody_asked() {
    assertThat(
            RiskFigures.lines(
                collection(
                    group("A", new Backtest("none", null, null), Map.of()),
                    group("B", null, Map.of()))))
        .isEmpty();
  }

  private static Group group(
      String name, @Nullable Backtest backtest, Map<String, Double> statistics) {
    return new Group(List.of(name), 1, 1, statistics, backtest, List.of());
  }

  private static Collection collection(Group... groups) {
    return new Collection(
        "s",
        "p",
        "e",
        true,
        1,
        1,
        List.of(),
        List.of(),
        new Collection.Collect(List.of("rolling"), List.of("model.class"), List.of("pred")),
        List.of(groups));
  }
}
