package io.windrow.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.quant.calendar.TradingCalendar;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoWorkflowTest {
  private static final Path DATA = Path.of("/some/data");

  @Test
  void the_example_is_only_pointed_at_the_data() {
    DemoWorkflow workflow = DemoWorkflow.example(DATA);
    assertThat(workflow.adapted()).isEqualTo(DemoWorkflow.EXAMPLE);
    assertThat(workflow.text())
        .contains("provider_uri: /some/data")
        .contains("2017-01-03", "2023-12-29", "step: 60")
        .doesNotContain("~");
  }

  @Test
  void other_days_reach_every_place_and_are_said() {
    LocalDate first = LocalDate.of(2000, 1, 1);
    DemoDays days =
        DemoDays.of(new TradingCalendar(first.datesUntil(first.plusDays(1000)).toList()));
    DemoWorkflow workflow =
        DemoWorkflow.on(DATA, days, "sp500", DemoPortfolio.of(30, List.of("AAPL", "KO")));
    assertThat(workflow.text())
        .doesNotContain("2016", "2018", "2019", "2020", "2023")
        .contains("start_time: " + quoted(days.train().get(0)))
        .contains("end_time: " + quoted(days.test().get(1)))
        .contains("fit_end_time: " + quoted(days.train().get(1)))
        .contains("instruments: sp500")
        .contains("step: " + days.step())
        .contains("topk: 6", "n_drop: 1", "- KO")
        .doesNotContain("SYNINDEX");
    assertThat(workflow.adapted())
        .contains(days.test().get(0), "step " + days.step(), "market sp500")
        .contains("topk 6, n_drop 1, benchmark the mean of 2 stocks");
  }

  private static String quoted(String day) {
    return day;
  }
}
