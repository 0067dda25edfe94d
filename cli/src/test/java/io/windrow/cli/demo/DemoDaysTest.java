package io.windrow.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windrow.cli.terminal.UserError;
import io.windrow.quant.calendar.TradingCalendar;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoDaysTest {
  private static final LocalDate START = LocalDate.of(2010, 1, 1);

  private static TradingCalendar calendar(int days) {
    return new TradingCalendar(START.datesUntil(START.plusDays(days)).toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {221, 222, 300, 1000, 2077, 3600})
  void segments_follow_each_other_to_the_end_and_give_enough_windows(int size) {
    TradingCalendar calendar = calendar(size);
    DemoDays days = DemoDays.of(calendar);
    assertThat(next(days.train().get(1))).isEqualTo(days.valid().get(0));
    assertThat(next(days.valid().get(1))).isEqualTo(days.test().get(0));
    assertThat(days.test().get(1)).isEqualTo(calendar.last().toString());
    // Alpha158 looks 60 days back, so these must be there before the first day.
    assertThat(calendar.ceiling(LocalDate.parse(days.train().get(0)))).isGreaterThanOrEqualTo(61);
    int test = calendar.size() - calendar.ceiling(LocalDate.parse(days.test().get(0)));
    assertThat((test + days.step() - 1) / days.step()).isBetween(12, 20);
  }

  @Test
  void uses_eight_years_of_a_long_calendar() {
    DemoDays days = DemoDays.of(calendar(3600));
    assertThat(days.train().get(0)).isEqualTo(START.plusDays(3600 - 2016).toString());
    assertThat(days.step()).isEqualTo(60);
  }

  @Test
  void refuses_a_calendar_that_is_too_short() {
    assertThatThrownBy(() -> DemoDays.of(calendar(220)))
        .isInstanceOf(UserError.class)
        .hasMessage("the data has only 220 trading days; the demo needs at least 221");
  }

  private static String next(String day) {
    return LocalDate.parse(day).plusDays(1).toString();
  }
}
