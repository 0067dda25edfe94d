package io.windrow.quant.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.windrow.quant.definition.DefinitionException;
import io.windrow.quant.definition.Problem;
import io.windrow.quant.definition.Section;
import io.windrow.quant.panel.Panel;
import io.windrow.quant.reference.ArtifactSource.Artifact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Training that goes on from another model. The figures are those of Python's LightGBM 4.3.0 on the
 * same numbers: {@code lgb.train(..., init_model=first)}.
 */
class ContinuedTrainingTest {
  private static final Map<String, Object> COMMON = Map.of("num_leaves", 7, "num_threads", 1);
  private static final Panel TEST = Samples.arithmetic(2, 5).features();

  private final List<Problem> problems = new ArrayList<>();

  @Test
  void earlyStoppingCountsTheTreesItBeganWith() {
    Noted training = new Noted();
    try (TrainedModel model = second(Map.of()).train(data(true, first()), training)) {
      assertThat(model.metrics()).containsEntry("best_iteration", 30.0);
      assertThat(new String(model.artifact(), UTF_8).split("\nTree=", -1)).hasSize(30 + 1);
      assertThat(training.rounds("l2.valid")).isEqualTo(IntStream.range(8, 35).boxed().toList());
      assertThat(training.values("l2.train").get(0)).isEqualTo(0.029235352448856857, within(1e-12));
      assertThat(training.values("l2.valid").get(0)).isEqualTo(0.030350927461087755, within(1e-12));
      assertThat(training.values("l2.valid").get(26))
          .isEqualTo(0.023524605162089398, within(1e-12));
      double[] expected = {
        0.20084854865842766,
        -0.0011395356037989526,
        -0.06995574428039533,
        -0.3053925246028999,
        -0.2151326836280966,
        -0.4297700435741218
      };
      double[] scores = model.predict(TEST);
      for (int row = 0; row < expected.length; row++) {
        assertThat(scores[row]).isEqualTo(expected[row], within(1e-12));
      }
    }
  }

  @Test
  void treesItBeganWithStayAsTheyAre() {
    byte[] first = first();
    try (TrainedModel model = second(Map.of()).train(data(true, first), new Noted())) {
      assertThat(trees(model.artifact())).startsWith(trees(first).toArray(String[]::new));
    }
  }

  @ParameterizedTest
  @CsvSource({"true, 11", "false, 11"})
  void whenTheRoundsRunOutTheyAreAddedToThoseItBeganWith(boolean valid, double best) {
    try (TrainedModel model =
        second(Map.of("num_boost_round", 3)).train(data(valid, first()), new Noted())) {
      assertThat(model.metrics()).containsEntry("best_iteration", best);
      assertThat(trees(model.artifact())).hasSize(11);
    }
  }

  @Test
  void finetuneAddsTenRoundsWithoutAValidSet() {
    Noted training = new Noted();
    Model model = second(Map.of("finetune", true, "num_boost_round", 300));
    try (TrainedModel trained = model.train(data(true, first()), training)) {
      assertThat(trained.metrics()).containsEntry("best_iteration", 18.0);
      assertThat(trees(trained.artifact())).hasSize(18);
      assertThat(training.metrics).containsOnlyKeys("l2.train");
      assertThat(training.rounds("l2.train")).isEqualTo(IntStream.range(8, 18).boxed().toList());
      assertThat(training.values("l2.train").get(9)).isEqualTo(0.02371416813234636, within(1e-12));
      double[] scores = trained.predict(TEST);
      assertThat(scores[0]).isEqualTo(0.20795223344195307, within(1e-12));
      assertThat(scores[2]).isEqualTo(-0.08094559212265394, within(1e-12));
    }
  }

  @Test
  void whatIsReadPredictsAsItDidWhereItWasTrained() {
    try (TrainedModel model = second(Map.of()).train(data(true, first()), new Noted());
        TrainedModel read =
            Models.load(new Artifact("r", "model.txt", model.artifact()), Samples.COLUMNS, 1)) {
      assertThat(read.predict(TEST)).isEqualTo(model.predict(TEST));
      assertThat(read.artifact()).isEqualTo(model.artifact());
      assertThat(read.metrics()).isEqualTo(model.metrics());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tree\\n | leaf\\n | is no model in LightGBM's text format",
        "feature_names=A B | feature_names=A E | other features: it has 4, the dataset has 4, and"
            + " column 1 is E, not B",
        "max_feature_idx=3 | max_feature_idx=9 | max_feature_idx",
        "num_tree_per_iteration=1 | num_tree_per_iteration=3 | more than one value",
        "split_feature=1 | split_feature=7 | a feature it does not have",
        "left_child=1 | left_child=9 | a tree that is none",
        "left_child=1 | left_child=0 | a tree that is none",
        "left_child=1 | left_child=-9 | a tree that is none",
        "right_child=2 | right_child=1 | a tree that is none",
        "num_leaves=7 | num_leaves=9 | contradicts itself",
        "num_cat=0 | num_cat=1 | categories",
        "tree_sizes= | tree_sizes=9 | contradicts itself: tree_sizes",
        "Tree=1\\n | Tree=2\\n | tree 1 is missing"
      })
  void whatWouldBreakTheLibraryIsRefused(String text, String by, String message) {
    String model = new String(first(), UTF_8);
    String from = text.replace("\\n", "\n");
    assertThat(model).contains(from);
    int at = model.indexOf(from);
    String broken =
        model.substring(0, at) + by.replace("\\n", "\n") + model.substring(at + from.length());

    assertThatThrownBy(
            () -> second(Map.of()).train(data(true, broken.getBytes(UTF_8)), new Noted()))
        .isInstanceOf(DefinitionException.class)
        .hasMessageStartingWith("model.kwargs.init_model: the model r/model.txt ")
        .hasMessageContaining(message);
  }

  @Test
  void aForestGoesOnFromNothing() {
    LGBModel.read(
        Section.root(
            Map.of("boosting", "rf", "init_model", "<recorder:previous_window>"), problems));

    assertThat(problems).extracting(Problem::path).containsExactly("init_model");
  }

  private static byte[] first() {
    Model model = model(Map.of("learning_rate", 0.2, "num_boost_round", 8));
    TrainingData data =
        new TrainingData(Samples.arithmetic(40, 1), Optional.of(Samples.arithmetic(10, 2)));
    try (TrainedModel trained = model.train(data, new Noted())) {
      return trained.artifact();
    }
  }

  private static TrainingData data(boolean valid, byte[] start) {
    return new TrainingData(
        Samples.arithmetic(40, 3),
        valid ? Optional.of(Samples.arithmetic(10, 4)) : Optional.empty(),
        Optional.of(new Artifact("r", "model.txt", start)),
        Optional.empty());
  }

  private static Model second(Map<String, Object> more) {
    Map<String, Object> kwargs = new HashMap<>(more);
    kwargs.put("learning_rate", 0.1);
    kwargs.put("init_model", "<recorder:previous_window>");
    return model(kwargs);
  }

  private static Model model(Map<String, Object> more) {
    Map<String, Object> kwargs = new HashMap<>(COMMON);
    kwargs.put("early_stopping_rounds", 5);
    kwargs.putAll(more);
    List<Problem> problems = new ArrayList<>();
    Model model = LGBModel.read(Section.root(kwargs, problems));
    assertThat(problems).isEmpty();
    return model;
  }

  private static List<String> trees(byte[] text) {
    String all = new String(text, UTF_8);
    String body = all.substring(all.indexOf("\nTree=") + 1, all.indexOf("end of trees"));
    return List.of(body.split("\n\n\n", -1)).stream().filter(tree -> !tree.isBlank()).toList();
  }

  /** Keeps the values with their rounds. */
  private static final class Noted implements Training {
    private final Map<String, List<Map.Entry<Integer, Double>>> metrics = new HashMap<>();

    List<Integer> rounds(String metric) {
      return metrics.get(metric).stream().map(Map.Entry::getKey).toList();
    }

    List<Double> values(String metric) {
      return metrics.get(metric).stream().map(Map.Entry::getValue).toList();
    }

    @Override
    public int threads() {
      return 1;
    }

    @Override
    public void metric(String name, int round, double value) {
      metrics.computeIfAbsent(name, key -> new ArrayList<>()).add(Map.entry(round, value));
    }

    @Override
    public void checkCancelled() {
      // Never cancelled.
    }
  }
}
