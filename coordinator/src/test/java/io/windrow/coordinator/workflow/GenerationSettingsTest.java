package io.windrow.coordinator.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windrow.coordinator.generate.NyseCalendar;
import io.windrow.coordinator.generate.RollType;
import io.windrow.quant.data.DataRoots;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Grid and horizons of a workflow file. */
class GenerationSettingsTest {
  @TempDir Path root;
  private WorkflowParser parser;

  @BeforeEach
  void market() {
    MarketFolder.create(root, "market", NyseCalendar.days());
    parser = new WorkflowParser(new DataRoots(List.of(root)));
  }

  @Test
  void readsGridAndHorizonsInFileOrder() {
    String file =
        WorkflowText.valid()
            + """
                horizons:
                    values: [10, 5]
                    label_leak_n: 1
                grid:
                    model.kwargs.num_leaves: [31, 63]
                    model.kwargs.learning_rate: [0.05, 0.1]
            """;

    GenerationSettings generation = parser.parse(file).settings().generation();

    assertThat(generation)
        .isEqualTo(
            new GenerationSettings(
                Map.of(
                    List.of("model", "kwargs", "num_leaves"), List.of(31L, 63L),
                    List.of("model", "kwargs", "learning_rate"), List.of(0.05, 0.1)),
                new HorizonSettings(List.of(10, 5), 1),
                new RollingSettings(550, RollType.SLIDING, null)));
    assertThat(new ArrayList<>(generation.grid().keySet()).get(0)).contains("num_leaves");
    assertThat(generation.seriesKey())
        .containsExactly(
            "model.class",
            "model.kwargs.num_leaves",
            "model.kwargs.learning_rate",
            "dataset.kwargs.handler.kwargs.label");
  }

  @Test
  void labelLeakIsQlibsUnlessGiven() {
    String file = WorkflowText.valid() + "    horizons: {values: [5]}\n";

    assertThat(parser.parse(file).settings().generation().horizons())
        .isEqualTo(new HorizonSettings(List.of(5), 2));
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          horizons: {}                                     | horizons.values                     | must list the horizons
          horizons: 5                                      | horizons                            | must be a map
          horizons: {values: 5}                            | horizons.values                     | must be a list
          horizons: {values: [5, 0]}                       | horizons.values.1                   | from 1 to 100000, not '0'
          horizons: {values: [5, 2.5]}                     | horizons.values.1                   | whole number of trading days
          horizons: {values: [5, five]}                    | horizons.values.1                   | not 'five'
          horizons: {values: [5, 5.0]}                     | horizons.values.1                   | the horizon 5 again
          horizons: {values: [5], label_leak_n: -1}        | horizons.label_leak_n               | from 0 to
          horizons: {values: [5], leak: 1}                 | horizons.leak                       | is not known here
          horizons: {values: [5000]}                       | horizons                            | it would end before 2007-01-03
          grid: [1]                                        | grid                                | must be a map
          grid: {model.kwargs.max_depth: 5}                | grid.model.kwargs.max_depth         | must list the values
          grid: {model.kwargs.max_depth: []}               | grid.model.kwargs.max_depth         | must list the values
          grid: {model.kwargs.max_depth: [4, 4.0]}         | grid.model.kwargs.max_depth         | the same value twice
          grid: {modle.kwargs.max_depth: [4]}              | grid.modle.kwargs.max_depth         | did you mean 'model'?
          grid: {model.args.max_depth: [4]}                | grid.model.args.max_depth           | there is no place
          grid: {model.class: [LGBModel, LGBModell]}       | grid.model.class.1                  | did you mean 'LGBModel'?
          grid: {record.9.class: [SignalRecord]}           | grid.record.9.class                 | there is no place
          grid: {dataset.kwargs.segments.test: [[a, b]]}   | grid.dataset.kwargs.segments.test   | windows are made by windrow.rolling
          grid: {dataset: [{}]}                            | grid.dataset                        | windows are made by windrow.rolling
          grid: {qlib_init.region: [cn]}                   | grid.qlib_init.region               | begins with no part of the task
          grid: {dataset.kwargs.handler.kwargs.instruments: [all, csi300]} | grid.dataset.kwargs.handler.kwargs.instruments.1 | has no instrument list
          """)
  void namesTheMistakeAndItsLine(String line, String path, String message) {
    String file = WorkflowText.valid() + "    " + line + "\n";

    List<WorkflowProblem> problems = problems(file);

    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).path()).isEqualTo("windrow." + path);
    assertThat(problems.get(0).message()).contains(message);
    assertThat(problems.get(0).line()).isEqualTo(WorkflowText.line(file, line));
  }

  @Test
  void horizonsAndGridMayNotBothSetTheLabel() {
    String place = "dataset.kwargs.handler.kwargs.label";
    String grid = "    grid: {" + place + ": [[\"Ref($close, -2) / $close - 1\"]]}\n";
    assertThat(parser.parse(WorkflowText.valid() + grid).settings().generation().grid()).hasSize(1);

    assertThat(problems(WorkflowText.valid() + "    horizons: {values: [5]}\n" + grid))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.path()).isEqualTo("windrow.grid." + place);
              assertThat(problem.message()).contains("which windrow.horizons sets");
            });
  }

  @Test
  void onePlaceMayNotLieInAnother() {
    assertThat(
            problems(
                WorkflowText.valid()
                    + "    grid: {model.kwargs: [{}], model.kwargs.max_depth: [4]}\n"))
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.message()).contains("is a part of model.kwargs, or the other"));
  }

  @Test
  void aGridBeyondAMillionIsRefused() {
    String values = IntStream.range(0, 1000).boxed().toList().toString();
    String file =
        WorkflowText.valid()
            + "    grid: {model.kwargs.lambda_l1: %s, model.kwargs.lambda_l2: %s, model.kwargs.seed: [1, 2]}\n"
                .formatted(values, values);

    assertThat(problems(file))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.path()).isEqualTo("windrow.grid");
              assertThat(problem.message()).contains("more than 1000000 combinations");
            });
  }

  @Test
  void moreThanSixPlacesAreRefused() {
    String places =
        IntStream.range(0, 7)
            .mapToObj(i -> "model.kwargs.p" + i + ": [1]")
            .collect(Collectors.joining(", "));

    assertThat(problems(WorkflowText.valid() + "    grid: {" + places + "}\n"))
        .anySatisfy(p -> assertThat(p.message()).contains("has more than 6 places"));
  }

  private List<WorkflowProblem> problems(String file) {
    List<WorkflowProblem> problems = new ArrayList<>();
    assertThatThrownBy(() -> parser.parse(file))
        .isInstanceOfSatisfying(WorkflowException.class, e -> problems.addAll(e.problems()));
    return problems;
  }
}
