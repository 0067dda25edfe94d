package io.windrow.coordinator.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GridGenTest {
  private static final List<String> RATE = List.of("model", "kwargs", "learning_rate");
  private static final List<String> DEPTH = List.of("model", "kwargs", "max_depth");
  private static final TaskDefinition TASK =
      TaskDefinition.of(
          Map.of(
              "model", Map.of("class", "LGBModel", "kwargs", Map.of("learning_rate", 0.2)),
              "record", List.of(Map.of("class", "SignalRecord"), Map.of("class", "SigAnaRecord"))));

  @Test
  void everyCombinationTheLastPlaceFastest() {
    Map<List<String>, List<?>> axes = new LinkedHashMap<>();
    axes.put(RATE, List.of(0.05, 0.1));
    axes.put(DEPTH, Arrays.asList(4, null, 8));

    GridGen grid = new GridGen(axes);

    assertThat(grid.combinations()).isEqualTo(6);
    assertThat(grid.generate(TASK))
        .extracting(task -> Arrays.asList(task.at(RATE), task.at(DEPTH)))
        .containsExactly(
            List.of(0.05, 4L),
            Arrays.asList(0.05, null),
            List.of(0.05, 8L),
            List.of(0.1, 4L),
            Arrays.asList(0.1, null),
            List.of(0.1, 8L));
  }

  @Test
  void aPlaceMayLieInAListAndTheRestIsShared() {
    List<String> place = List.of("record", "1", "kwargs");

    TaskDefinition changed =
        new GridGen(Map.of(place, List.of(Map.of("ann_scaler", 252))))
            .generate(TASK)
            .findFirst()
            .orElseThrow();

    assertThat(changed.at(place)).isEqualTo(Map.of("ann_scaler", 252L));
    assertThat(changed.json().get("model")).isSameAs(TASK.json().get("model"));
    assertThat(changed.at(List.of("record", "0"))).isSameAs(TASK.at(List.of("record", "0")));
    assertThat(TASK.at(place)).isNull();
  }

  @Test
  void aPlaceThatIsNotThereIsRefused() {
    for (String place : List.of("model.args.depth", "record.2.kwargs", "record.x", "record.-1")) {
      GridGen grid = new GridGen(Map.of(List.of(place.split("\\.", -1)), List.of(1)));
      assertThatThrownBy(() -> grid.generate(TASK).findFirst())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("there is no place " + place + " in the task");
    }
  }

  @Test
  void anEmptyAxisIsRefusedAndAnEmptyGridGivesTheTask() {
    assertThat(new GridGen(Map.of()).generate(TASK)).containsExactly(TASK);
    assertThatThrownBy(() -> new GridGen(Map.of(RATE, List.of())))
        .hasMessage("a grid needs values for 'model.kwargs.learning_rate'");
    Map<List<String>, List<?>> huge = new LinkedHashMap<>();
    for (int i = 0; i < 7; i++) {
      huge.put(List.of("a" + i), new ArrayList<>(Collections.nCopies(1000, 1)));
    }
    assertThatThrownBy(() -> new GridGen(huge)).isInstanceOf(ArithmeticException.class);
  }
}
