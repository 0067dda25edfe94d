package io.windrow.coordinator.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windrow.quant.calendar.TradingCalendar;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MultiHorizonGenTest {
  private static final TradingCalendar NYSE = NyseCalendar.days();
  private static final TimeAdjuster ADJUSTER = new TimeAdjuster(NYSE);
  private static final List<String> LABEL =
      List.of("dataset", "kwargs", "handler", "kwargs", "label");

  @Test
  void aTaskAHorizonWithItsLabelAndItsGap() {
    List<TaskDefinition> tasks =
        new MultiHorizonGen(ADJUSTER, List.of(5, 20), 2)
            .generate(
                template(
                    Map.of(
                        "train", new Segment(NYSE.day(100), NYSE.day(189)),
                        "valid", new Segment(NYSE.day(190), NYSE.day(199)),
                        "test", new Segment(NYSE.day(200), NYSE.day(239)))))
            .toList();

    assertThat(tasks)
        .extracting(task -> task.at(LABEL))
        .containsExactly(
            List.of("Ref($close, -6) / Ref($close, -1) - 1"),
            List.of("Ref($close, -21) / Ref($close, -1) - 1"));
    assertThat(tasks)
        .extracting(TaskDefinition::segments)
        .containsExactly(
            Map.of(
                "train", new Segment(NYSE.day(100), NYSE.day(189)),
                "valid", new Segment(NYSE.day(190), NYSE.day(193)),
                "test", new Segment(NYSE.day(200), NYSE.day(239))),
            Map.of(
                "train", new Segment(NYSE.day(100), NYSE.day(178)),
                "valid", new Segment(NYSE.day(178), NYSE.day(178)),
                "test", new Segment(NYSE.day(200), NYSE.day(239))));
  }

  @Test
  void segmentsAreAlignedAndAnOpenTestStaysOpen() {
    TaskDefinition task =
        new MultiHorizonGen(ADJUSTER, List.of(1), 0)
            .generate(
                template(
                    Map.of(
                        "train", new Segment(LocalDate.of(2008, 1, 1), LocalDate.of(2014, 12, 28)),
                        "test", new Segment(LocalDate.of(2017, 1, 1), null))))
            .findFirst()
            .orElseThrow();

    assertThat(task.segments())
        .isEqualTo(
            Map.of(
                "train", new Segment(LocalDate.of(2008, 1, 2), LocalDate.of(2014, 12, 26)),
                "test", new Segment(LocalDate.of(2017, 1, 3), null)));
  }

  @Test
  void theSameWhetherHorizonsOrWindowsComeFirst() {
    TaskGen horizons = new MultiHorizonGen(ADJUSTER, List.of(5, 20), 2);
    TaskGen windows = new RollingGen(ADJUSTER, NYSE.last(), 250, RollType.SLIDING, null);
    TaskDefinition template =
        template(
            Map.of(
                "train", new Segment(LocalDate.of(2008, 1, 1), LocalDate.of(2014, 12, 31)),
                "valid", new Segment(LocalDate.of(2015, 1, 1), LocalDate.of(2016, 12, 31)),
                "test", new Segment(LocalDate.of(2017, 1, 1), LocalDate.of(2020, 8, 1))));

    List<TaskDefinition> horizonsFirst =
        TaskGen.tasks(List.of(template), List.of(horizons, windows)).toList();
    List<TaskDefinition> windowsFirst =
        TaskGen.tasks(List.of(template), List.of(windows, horizons)).toList();

    assertThat(horizonsFirst).hasSize(8).doesNotHaveDuplicates();
    assertThat(windowsFirst).containsExactlyInAnyOrderElementsOf(horizonsFirst);
    assertThat(windowsFirst.get(1)).isEqualTo(horizonsFirst.get(4));
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThatThrownBy(() -> new MultiHorizonGen(ADJUSTER, List.of(), 2))
        .hasMessageContaining("horizons must be at least 1");
    assertThatThrownBy(() -> new MultiHorizonGen(ADJUSTER, List.of(5, 0), 2))
        .hasMessageContaining("horizons must be at least 1, are [5, 0]");
    assertThatThrownBy(() -> new MultiHorizonGen(ADJUSTER, List.of(5), -1))
        .hasMessageContaining("label_leak_n must not be negative");
    TaskDefinition cached =
        TaskDefinition.of(Map.of("dataset", Map.of("kwargs", Map.of("handler", "file://h"))));
    assertThatThrownBy(
            () -> new MultiHorizonGen(ADJUSTER, List.of(5), 2).generate(cached).findFirst())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no place dataset.kwargs.handler.kwargs.label");
  }

  private static TaskDefinition template(Map<String, Segment> segments) {
    return TaskDefinition.of(
            Map.of(
                "dataset",
                Map.of("kwargs", Map.of("handler", Map.of("class", "H", "kwargs", Map.of())))))
        .withSegments(segments);
  }
}
