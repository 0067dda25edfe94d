package io.windrow.quant.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrequencyTest {

  @ParameterizedTest
  @CsvSource({
    "day, day",
    "1d, day",
    "D, day",
    "2day, 2day",
    "1min, 1min",
    "minute, 1min",
    "30MIN, 30min",
    "5minute, 5min",
    "sec, 1sec",
    "10w, 10week",
    "week, 1week",
    "2mon, 2month",
    "month, 1month"
  })
  void reads_what_qlib_reads_and_is_written_as_qlib_names_files(String text, String written) {
    assertThat(Frequency.parse(text)).hasToString(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0min", "00d", "-1d", "1 min", "hour", "1.5d", "9999999min", "daily"})
  void refuses_what_is_none(String text) {
    assertThatThrownBy(() -> Frequency.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not a frequency: write day, 1min");
  }

  @Test
  void tells_whether_a_day_has_several_bars() {
    assertThat(Frequency.parse("30min").isIntraday()).isTrue();
    assertThat(Frequency.parse("sec").isIntraday()).isTrue();
    assertThat(Frequency.DAILY.isIntraday()).isFalse();
    assertThat(Frequency.parse("week").isIntraday()).isFalse();
  }

  @Test
  void a_calendar_of_bars_finds_its_places() {
    LocalDateTime open = LocalDateTime.of(2020, 1, 2, 9, 30);
    BarCalendar calendar = new BarCalendar(List.of(open, open.plusMinutes(1), open.plusDays(1)));

    assertThat(calendar.times()).containsExactly(open, open.plusMinutes(1), open.plusDays(1));
    assertThat(calendar.ceiling(open.plusSeconds(30))).isEqualTo(1);
    assertThat(calendar.floor(open.plusSeconds(30))).isZero();
    assertThat(calendar.ceiling(open.plusDays(2))).isEqualTo(3);
    assertThat(calendar.floor(open.minusDays(2))).isEqualTo(-1);
    assertThat(calendar.holds(open.plusMinutes(1))).isTrue();
    assertThat(calendar.holds(open.plusMinutes(2))).isFalse();
    assertThat(calendar.last()).isEqualTo(open.plusDays(1));
    assertThatThrownBy(() -> new BarCalendar(List.of(open, open)))
        .hasMessageContaining("must ascend");
    assertThatThrownBy(() -> new BarCalendar(List.of())).hasMessageContaining("at least one bar");
  }
}
