package io.windrow.coordinator.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.windrow.quant.calendar.TradingCalendar;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
  void aSegmentMayBeginOnTheFirstDayOfTheCalendar() {
    TaskDefinition template =
        template(
            Map.of(
                "train", new Segment(NYSE.first(), LocalDate.of(2014, 12, 31)),
                "test", new Segment(LocalDate.of(2017, 1, 3), null)),
            "2020-08-01");

    assertThat(rolling(40, RollType.SLIDING, 3).generate(template).findFirst())
        .map(task -> task.segments().get("train"))
        .contains(new Segment(NYSE.first(), LocalDate.of(2014, 12, 31)));
  }

  @Test
  void followingWindowsAreCopiesOfTheGivenTaskAndDoNotHoldIt() {
    TaskDefinition given =
        template(
            Map.of(
                "train", new Segment(NYSE.day(100), NYSE.day(199)),
                "test", new Segment(NYSE.day(200), NYSE.day(239))),
            null);

    List<Map<String, Segment>> windows =
        rolling(40, RollType.EXPANDING, null)
            .following(given, NYSE.day(280))
            .map(TaskDefinition::segments)
            .toList();

    assertThat(windows)
        .containsExactly(
            Map.of(
                "train", new Segment(NYSE.day(100), NYSE.day(239)),
                "test", new Segment(NYSE.day(240), NYSE.day(279))),
            Map.of(
                "train", new Segment(NYSE.day(100), NYSE.day(279)),
                "test", new Segment(NYSE.day(280), NYSE.day(319))));
  }

  @Test
  void segmentsMayHaveOtherNames() {
    TaskDefinition template =
        template(
            Map.of(
                "fit", new Segment(NYSE.day(100), NYSE.day(199)),
                "score", new Segment(NYSE.day(200), NYSE.day(279))),
            null);

    List<Map<String, Segment>> windows =
        rolling(40, RollType.EXPANDING, 3)
            .withKeys("score", "fit")
            .generate(template)
            .map(TaskDefinition::segments)
            .toList();

    assertThat(windows)
        .containsExactly(
            Map.of(
                "fit", new Segment(NYSE.day(100), NYSE.day(197)),
                "score", new Segment(NYSE.day(200), NYSE.day(239))),
            Map.of(
                "fit", new Segment(NYSE.day(100), NYSE.day(237)),
                "score", new Segment(NYSE.day(240), NYSE.day(279))));
    assertThatThrownBy(() -> rolling(40, RollType.EXPANDING, null).generate(template))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rolling needs a segment named 'test'");
  }

  @Test
  void anotherChangeMayComeWithAWindow() {
    TaskDefinition template =
        template(Map.of("test", new Segment(NYSE.day(200), NYSE.day(279))), "2007-01-31");
    WindowStep named =
        (task, rolling) ->
            task.with(
                List.of("window"),
                String.valueOf(present(task.segments().get(rolling.testKey())).start()));
    RollingGen generator = rolling(40, RollType.SLIDING, null);

    assertThat(generator.withWindowStep(named).generate(template))
        .extracting(task -> task.json().get("window"), TaskDefinition::handlerEnd)
        .containsExactly(
            tuple(NYSE.day(200).toString(), LocalDate.of(2007, 1, 31)),
            tuple(NYSE.day(240).toString(), LocalDate.of(2007, 1, 31)));
    assertThat(generator.withWindowStep(WindowStep.NONE).generate(template))
        .extracting(TaskDefinition::handlerEnd)
        .containsOnly(LocalDate.of(2007, 1, 31));
    assertThat(generator.generate(template))
        .extracting(TaskDefinition::handlerEnd)
        .containsExactly(NYSE.day(239), NYSE.day(279));
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
    return TaskDefinition.of(
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
