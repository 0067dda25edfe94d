package io.windrow.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskIdTest {
  private static final Map<String, Object> DEFINITION =
      Map.of("model", Map.of("class", "LGBModel", "kwargs", Map.of("max_depth", 8)));

  @Test
  void the_order_of_keys_does_not_matter() {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("a", 1);
    one.put("b", List.of(2));
    Map<String, Object> other = new LinkedHashMap<>();
    other.put("b", List.of(2));
    other.put("a", 1);

    assertThat(TaskId.of("p", "e", one, null, List.of()))
        .isEqualTo(TaskId.of("p", "e", other, null, List.of()));
  }

  @Test
  void five_is_five_however_written() {
    assertThat(TaskId.of("p", "e", Map.of("n", 5), null, List.of()))
        .isEqualTo(TaskId.of("p", "e", Map.of("n", 5.0), null, List.of()))
        .isNotEqualTo(TaskId.of("p", "e", Map.of("n", "5"), null, List.of()));
  }

  @Test
  void pool_experiment_definition_and_calendar_are_part_of_it() {
    String id = TaskId.of("p", "e", DEFINITION, null, List.of());

    assertThat(
            List.of(
                TaskId.of("q", "e", DEFINITION, null, List.of()),
                TaskId.of("p", "f", DEFINITION, null, List.of()),
                TaskId.of("p", "e", Map.of(), null, List.of()),
                TaskId.of("p", "e", DEFINITION, LocalDate.of(2026, 1, 5), List.of()),
                TaskId.of("p", "e", DEFINITION, LocalDate.of(2026, 1, 6), List.of())))
        .doesNotHaveDuplicates()
        .doesNotContain(id);
  }

  /** Ids are kept for years: they may not change from one release to the next. */
  @Test
  void it_is_the_hash_of_the_canonical_text() {
    assertThat(TaskId.of("p", "e", DEFINITION, LocalDate.of(2026, 1, 5), List.of()))
        .isEqualTo(
            TaskId.hash(
                "{\"calendarEnd\":\"2026-01-05\",\"definition\":{\"model\":{\"class\":\"LGBModel\","
                    + "\"kwargs\":{\"max_depth\":8}}},\"experiment\":\"e\",\"pool\":\"p\"}"))
        .isEqualTo("efcc22e02075530111d676cd1934dea813455e4f50a2397c78fe022750f43838");
  }
}
