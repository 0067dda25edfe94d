package io.windrow.coordinator.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TaskGenTest {

  @Test
  void templatesAndGeneratorsCombineTemplateFirst() {
    TaskGen windows = task -> Stream.of(mark(task, "w1"), mark(task, "w2"));
    TaskGen horizons = task -> Stream.of(mark(task, "h1"), mark(task, "h2"));

    assertThat(TaskGen.tasks(List.of(at("A"), at("B")), List.of(windows, horizons)))
        .extracting(task -> task.json().get("at"))
        .containsExactly("Aw1h1", "Aw1h2", "Aw2h1", "Aw2h2", "Bw1h1", "Bw1h2", "Bw2h1", "Bw2h2");
  }

  @Test
  void withoutGeneratorsTheTemplatesAreTheTasks() {
    assertThat(TaskGen.tasks(List.of(at("A"), at("B")), List.of()))
        .containsExactly(at("A"), at("B"));
    assertThat(TaskGen.tasks(List.of(), List.of(Stream::of))).isEmpty();
  }

  @Test
  void aGeneratorMayMakeNothingOfATask() {
    TaskGen onlyB = task -> task.equals(at("B")) ? Stream.of(task) : Stream.empty();

    assertThat(TaskGen.tasks(List.of(at("A"), at("B"), at("C")), List.of(onlyB, onlyB)))
        .containsExactly(at("B"));
  }

  @Test
  void makesATaskWhenItIsAskedForHoweverTheStreamIsRead() {
    AtomicInteger made = new AtomicInteger();
    TaskGen many = task -> IntStream.range(0, 1_000_000).mapToObj(i -> mark(task, "w" + i));
    TaskGen counting =
        task -> {
          made.incrementAndGet();
          return Stream.of(task);
        };

    Iterator<TaskDefinition> tasks =
        TaskGen.tasks(List.of(at("A")), List.of(many, counting)).iterator();
    assertThat(made).hasValue(0);
    for (int i = 0; i < 5; i++) {
      assertThat(tasks.next().json()).containsEntry("at", "Aw" + i);
    }

    assertThat(made).hasValue(5);
  }

  private static TaskDefinition at(String place) {
    return TaskDefinition.of(Map.of("at", place));
  }

  private static TaskDefinition mark(TaskDefinition task, String mark) {
    return at(task.json().get("at") + mark);
  }
}
