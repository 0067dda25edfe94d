package io.windrow.coordinator.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windrow.quant.calendar.TradingCalendar;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

class RollingGenTest {
  private static final TradingCalendar NYSE = NyseCalendar.days();

  @TestFactory
  Stream<DynamicTest> makesTheWindowsOfQlib() {
    JsonNode runs = TimeAdjusterTest.golden().get("rolling_gen");
    assertThat(runs.size()).isEqualTo(6);
    return runs.properties().stream()
        .filter(run -> !run.getKey().equals("SD50_exact_division"))
        .map(run -> DynamicTest.dynamicTest(run.getKey(), () -> check(run.getValue())));
  }

  private static void check(JsonNode run) {
    List<List<Object>> windows =
        generator(run).generate(template(run)).map(RollingGenTest::view).toList();

    List<List<Object>> expected = new ArrayList<>();
    for (JsonNode task : run.get("tasks")) {
      JsonNode end = task.get("handler_end_time");
      expected.add(Arrays.asList(segments(task.get("segments")), TimeAdjusterTest.date(end)));
    }
    assertThat(windows).isNotEmpty().isEqualTo(expected);
  }

  @Test
  void stopsWhereTheCalendarEndsWithAWindow() {
    JsonNode run = TimeAdjusterTest.golden().get("rolling_gen").get("SD50_exact_division");

    List<Segment> tests =
        generator(run)
            .generate(template(run))
            .map(task -> task.segments().get("test"))
            .map(RollingGenTest::present)
            .toList();

    assertThat(tests)
        .containsExactly(
            new Segment(NYSE.day(3500), NYSE.day(3549)), new Segment(NYSE.day(3550), NYSE.last()));
  }

  @Test
  void truncationAgainstTheFirstDayOfTheCalendarIsRefused() {
    TaskDefinition template =
        template(
            Map.of(
                "train", new Segment(NYSE.first(), LocalDate.of(2014, 12, 31)),
                "test", new Segment(LocalDate.of(2017, 1, 3), null)),
            "2020-08-01");

    assertThatThrownBy(() -> rolling(40, RollType.SLIDING, 3).generate(template))
        .isInstanceOf(CalendarException.TruncatedAway.class)
        .hasMessageContaining("2007-01-03, the first day of the calendar");
  }

  @Test
  void aStepBelowOneIsRefused() {
    assertThatThrownBy(() -> rolling(0, RollType.SLIDING, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("step must be at least 1, is 0");
  }

  @Test
  void leavesAHandlerWithoutEndAlone() {
    TaskDefinition template =
        template(Map.of("test", new Segment(LocalDate.of(2021, 1, 4), null)), null);

    List<TaskDefinition> tasks = rolling(40, RollType.SLIDING, null).generate(template).toList();

    assertThat(tasks).hasSize(2);
    assertThat(tasks.get(0).json().toString()).contains("kwargs={start_time=2008-01-01}");
  }

  @Test
  void templatesAndGeneratorsCombineTemplateFirst() {
    TaskGen windows = task -> Stream.of(mark(task, "w1"), mark(task, "w2"));
    TaskGen horizons = task -> Stream.of(mark(task, "h1"), mark(task, "h2"));

    List<TaskDefinition> tasks =
        TaskGen.tasks(
                List.of(
                    new TaskDefinition(Map.of("at", "A")), new TaskDefinition(Map.of("at", "B"))),
                List.of(windows, horizons))
            .toList();

    assertThat(tasks)
        .extracting(task -> task.json().get("at"))
        .containsExactly("Aw1h1", "Aw1h2", "Aw2h1", "Aw2h2", "Bw1h1", "Bw1h2", "Bw2h1", "Bw2h2");
  }

  @Test
  void makesNoMoreWindowsThanAreAskedFor() {
    AtomicInteger made = new AtomicInteger();
    TaskDefinition template =
        template(Map.of("test", new Segment(LocalDate.of(2008, 1, 2), null)), null);
    TaskGen counting =
        task -> {
          made.incrementAndGet();
          return Stream.of(task);
        };

    assertThat(
            TaskGen.tasks(List.of(template), List.of(rolling(1, RollType.SLIDING, null), counting))
                .limit(5)
                .count())
        .isEqualTo(5);

    assertThat(made).hasValueLessThanOrEqualTo(6);
  }

  private static TaskDefinition mark(TaskDefinition task, String mark) {
    return new TaskDefinition(Map.of("at", task.json().get("at") + mark));
  }

  private static RollingGen rolling(int step, RollType type, @Nullable Integer truncDays) {
    return new RollingGen(new TimeAdjuster(NYSE), NYSE.last(), step, type, truncDays);
  }

  private static RollingGen generator(JsonNode run) {
    JsonNode args = run.get("args");
    return rolling(
        args.get("step").asInt(),
        RollType.valueOf(args.get("rtype").asString().toUpperCase(Locale.ROOT)),
        args.has("trunc_days") ? args.get("trunc_days").asInt() : null);
  }

  private static TaskDefinition template(JsonNode run) {
    return template(
        segments(run.get("template_segments")), run.get("template_handler_end").asString());
  }

  private static TaskDefinition template(
      Map<String, Segment> segments, @Nullable String handlerEnd) {
    Map<String, Object> kwargs = new LinkedHashMap<>();
    kwargs.put("start_time", "2008-01-01");
    if (handlerEnd != null) {
      kwargs.put("end_time", handlerEnd);
    }
    return new TaskDefinition(
            Map.of(
                "dataset",
                Map.of("kwargs", Map.of("handler", Map.of("class", "H", "kwargs", kwargs)))))
        .withSegments(segments);
  }

  private static Map<String, Segment> segments(JsonNode node) {
    Map<String, Segment> segments = new LinkedHashMap<>();
    node.properties()
        .forEach(entry -> segments.put(entry.getKey(), TimeAdjusterTest.segment(entry.getValue())));
    return segments;
  }

  private static List<Object> view(TaskDefinition task) {
    return Arrays.asList(task.segments(), task.handlerEnd());
  }

  private static Segment present(@Nullable Segment segment) {
    return Objects.requireNonNull(segment);
  }
}
