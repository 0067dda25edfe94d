package io.windrow.failpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailPointsTest {
  private final AtomicInteger halts = new AtomicInteger();

  @ParameterizedTest
  @EnumSource
  void passing_does_nothing(FailPoint point) {
    assertThatCode(point::pass).doesNotThrowAnyException();
  }

  @Test
  void halts_once_at_the_pass_that_was_named() {
    Consumer<FailPoint> armed = FailPoints.halting("task_committed:3", halts::incrementAndGet);

    armed.accept(FailPoint.TASK_COMMITTED);
    armed.accept(FailPoint.TASKS_QUEUED);
    armed.accept(FailPoint.TASK_COMMITTED);
    assertThat(halts).hasValue(0);
    armed.accept(FailPoint.TASK_COMMITTED);
    assertThat(halts).hasValue(1);
    armed.accept(FailPoint.TASK_COMMITTED);
    assertThat(halts).hasValue(1);
  }

  @Test
  void without_a_number_it_is_the_first_pass() {
    FailPoints.halting("tasks_queued", halts::incrementAndGet).accept(FailPoint.TASKS_QUEUED);

    assertThat(halts).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nowhere", "tasks_queued:", "tasks_queued:0", "tasks_queued:1:2"})
  void a_property_that_names_no_point_is_refused(String value) {
    assertThatThrownBy(() -> FailPoints.halting(value, halts::incrementAndGet))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-Dwindrow.failpoint=" + value);
  }

  @Test
  void what_a_test_arms_ends_with_it() {
    try (FailPoints.Armed armed =
        FailPoints.arm(
            point -> {
              throw new ProcessStopped(point);
            })) {
      assertThat(armed).isNotNull();
      assertThatThrownBy(FailPoint.TASKS_QUEUED::pass)
          .isInstanceOf(ProcessStopped.class)
          .hasMessage("stopped at TASKS_QUEUED");
    }

    FailPoint.TASKS_QUEUED.pass();
  }
}
