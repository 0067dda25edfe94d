package io.windrow.quant.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.windrow.quant.Golden;
import io.windrow.quant.definition.DefinitionException;
import io.windrow.quant.definition.Problem;
import io.windrow.quant.definition.Section;
import io.windrow.quant.panel.FeatureLabelPanel;
import io.windrow.quant.panel.Panel;
import io.windrow.quant.reference.ArtifactSource.Artifact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Against Python's XGBoost 3.0.4 on the same numbers: {@code golden/models.json}. */
class XGBModelTest {
  private static final FeatureLabelPanel TRAIN = Samples.arithmetic(40, 3);
  private static final FeatureLabelPanel VALID = Samples.arithmetic(10, 4);
  private static final Panel TEST = Samples.arithmetic(2, 5).features();
  private static final JsonNode GOLDEN = Golden.json("models.json").get("xgboost");

  private final List<Problem> problems = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(
      strings = {"plain", "sampled", "missing", "weighted", "constrained", "dart", "linear"})
  void trainsAsPythonDoes(String name) {
    JsonNode expected = GOLDEN.get(name);
    NotedTraining training = noted(1);
    TrainingData data =
        new TrainingData(
            name.equals("missing") ? Samples.withGaps(TRAIN, 3, 3) : TRAIN,
            Optional.of(VALID),
            Optional.empty(),
            name.equals("weighted") ? Optional.of(new Reweighter.TimeDecay(10)) : Optional.empty());
    try (TrainedModel model = model(params(expected)).train(data, training)) {
      assertThat(model.metrics())
          .isEqualTo(Map.of("best_iteration", expected.get("best_iteration").doubleValue()));
      assertThat(training.metrics).hasSameSizeAs(expected.get("metrics"));
      expected
          .get("metrics")
          .properties()
          .forEach(metric -> assertCurve(training.metrics.get(metric.getKey()), expected, metric));
      assertNear(model.predict(TEST), expected.get("scores"), 1e-6);
      assertImportance(model.importance(), expected);
    }
  }

  private static void assertCurve(
      List<Double> values, JsonNode expected, Map.Entry<String, JsonNode> metric) {
    assertThat(values).hasSize(expected.get("rounds").intValue());
    double[] ends = {values.get(0), values.get(1), values.get(2), values.get(values.size() - 1)};
    assertNear(ends, metric.getValue(), 1e-7);
  }

  private static void assertImportance(List<FeatureImportance> importance, JsonNode expected) {
    if (!expected.has("gain")) {
      assertThat(importance).isEmpty();
      return;
    }
    assertThat(importance)
        .isSortedAccordingTo((a, b) -> Double.compare(b.gain(), a.gain()))
        .hasSize(4);
    for (FeatureImportance feature : importance) {
      int column = Samples.COLUMNS.indexOf(feature.feature());
      assertThat(feature.split()).isEqualTo(expected.get("split").get(column).doubleValue());
      double gain = expected.get("gain").get(column).doubleValue();
      assertThat(feature.gain()).isCloseTo(gain, within(1e-5 * gain));
    }
  }

  private static void assertNear(double[] actual, JsonNode expected, double tolerance) {
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual[i]).isCloseTo(expected.get(i).doubleValue(), within(tolerance));
    }
  }

  @Test
  void theJsonPredictsTheSame() {
    try (TrainedModel model = plain(noted(1));
        TrainedModel read =
            Models.load(
                new Artifact("r", model.artifactName(), model.artifact()), Samples.COLUMNS, 1)) {
      assertThat(model.artifactName()).isEqualTo("xgboost.json");
      assertThat(read.predict(TEST)).isEqualTo(model.predict(TEST));
      assertThat(read.artifact()).isEqualTo(model.artifact());
      assertThat(read.metrics()).isEqualTo(model.metrics());
      assertThat(read.importance()).isEqualTo(model.importance());
    }
  }

  @Test
  void threadsDoNotChangeTheModel() {
    try (TrainedModel one = plain(noted(1));
        TrainedModel two = plain(noted(2))) {
      assertThat(two.artifact()).isEqualTo(one.artifact());
    }
  }

  @Test
  void takesNoMoreThreadsThanAllowed() {
    XGBoostParameters asked = parameters(Map.of("n_jobs", 20, "verbosity", 3, "eta", 1.0));

    assertThat(asked.entries(2))
        .containsExactly(
            Map.entry("eta", "1"), Map.entry("nthread", "2"), Map.entry("verbosity", "0"));
    assertThat(parameters(Map.of("nthread", 1)).entries(4)).contains(Map.entry("nthread", "1"));
    assertThat(parameters(Map.of("nthread", -1)).entries(4)).contains(Map.entry("nthread", "4"));
  }

  @Test
  void stopsWhenCancelled() {
    NotedTraining training = new NotedTraining(1, 3);

    assertThatThrownBy(() -> plain(training)).isInstanceOf(CancellationException.class);
    assertThat(training.metrics.get("rmse.train")).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "eta | -1 | XGBoost: value -1 for Parameter learning_rate should be greater equal to 0",
        "max_depth | x | XGBoost: Invalid Parameter format for max_depth",
        "objective | foo | XGBoost: Unknown objective function: `foo`",
        "eval_metric | foo | XGBoost: Unknown metric function foo",
        "booster | foo | XGBoost: Unknown gbm type foo",
        "tree_method | foo | XGBoost: Invalid Input: 'foo', valid values are",
        "disable_default_eval_metric | 1 | name an eval_metric"
      })
  void whatXGBoostRefusesIsAProblemOfTheDefinition(String key, String value, String message) {
    Model model = model(Map.of(key, value));

    assertThatThrownBy(() -> model.train(new TrainingData(TRAIN, Optional.of(VALID)), noted(1)))
        .isInstanceOf(DefinitionException.class)
        .hasMessageStartingWith("model.kwargs: ")
        .hasMessageContaining(message);
  }

  @Test
  void reportsWhatItCannotTake() {
    XGBModel.read(
        Section.root(
            Map.of(
                "objective", "multi:softmax",
                "process_type", "update",
                "init_model", "<recorder:previous_window>",
                "num_boost_round", 0,
                "max_depth", Map.of()),
            problems));

    assertThat(problems)
        .extracting(Problem::path)
        .containsExactlyInAnyOrder(
            "objective", "process_type", "init_model", "num_boost_round", "max_depth");
    assertThat(problems).allMatch(Problem::prevents);
  }

  @Test
  void saysWhatXGBoostIgnores() {
    XGBModel.read(Section.root(Map.of("n_estimators", 647, "etaa", 1, "silent", 1), problems));

    assertThat(problems)
        .noneMatch(Problem::prevents)
        .extracting(Problem::toString)
        .anySatisfy(text -> assertThat(text).contains("n_estimators", "num_boost_round"))
        .anySatisfy(text -> assertThat(text).contains("did you mean 'eta'"))
        .hasSize(2);
  }

  @Test
  void needsAValidSegment() {
    Model model = model(Map.of());

    assertThat(model.needsValid()).isTrue();
    assertThatThrownBy(() -> model.train(new TrainingData(TRAIN, Optional.empty()), noted(1)))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("segments.valid: is missing");
  }

  @Test
  void infiniteFeaturesAreNamed() {
    FeatureLabelPanel panel = Samples.arithmetic(40, 3);
    panel.features().days().get(1).values()[2 * 4 + 1] = Float.POSITIVE_INFINITY;

    assertThatThrownBy(
            () -> model(Map.of()).train(new TrainingData(panel, Optional.of(VALID)), noted(1)))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("1 of 3,200 are not, the first: B of S2 on 2020-01-02 is Infinity")
        .hasMessageContaining("ProcessInf");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"A\",\"B\" | \"A\",\"E\" | other features",
        "\"num_class\":\"0\" | \"num_class\":\"3\" | gives classes",
        "\"num_target\":\"1\" | \"num_target\":\"2\" | more than one value",
        "\"name\":\"gbtree\" | \"name\":\"gbdt\" | no model that XGBoost can read",
        "\"tree_info\":[0 | \"tree_info\":[1 | more than one value",
        "\"iteration_indptr\":[0 | \"iteration_indptr\":[1 | iteration_indptr",
        "\"left_children\":[1 | \"left_children\":[99 | a tree that is none",
        "\"left_children\":[1 | \"left_children\":[0 | a tree that is none",
        "\"left_children\":[1 | \"left_children\":[2 | a tree that is none",
        "\"left_children\":[1 | \"left_children\":[-1 | a tree that is none",
        "\"left_children\":[1 | \"left_children\":[1.5 | a whole number is due",
        "\"left_children\":[1 | \"left_children\":[1,3 | contradicts itself",
        "\"split_indices\":[1 | \"split_indices\":[7 | a feature it does not have",
        "\"split_indices\":[ | \"split_indices\":[0, | contradicts itself: split_indices",
        "\"split_type\":[0 | \"split_type\":[1 | categories",
        "\"categories\":[] | \"categories\":[1] | categories",
        "\"size_leaf_vector\":\"1\" | \"size_leaf_vector\":\"2\" | more than one value",
        "\"num_nodes\":\" | \"num_nodes\":\"9 | contradicts itself: num_nodes",
        "\"num_trees\":\" | \"num_trees\":\"9 | contradicts itself: num_trees",
        "\"version\":[3,0,4] | \"version\":[3,0,4 | is no JSON",
        "\"version\": | \"learner\": | is no JSON"
      })
  void whatWouldBreakTheLibraryIsRefused(String text, String by, String message) {
    try (TrainedModel model = plain(noted(1))) {
      String json = new String(model.artifact(), UTF_8);
      int at = json.indexOf(text);
      assertThat(at).as(json.substring(0, 300)).isPositive();
      byte[] broken =
          (json.substring(0, at) + by + json.substring(at + text.length())).getBytes(UTF_8);

      assertThatThrownBy(
              () -> Models.load(new Artifact("r", "xgboost.json", broken), Samples.COLUMNS, 1))
          .isInstanceOf(DefinitionException.class)
          .hasMessageStartingWith("model: the model r/xgboost.json ")
          .hasMessageContaining(message);
    }
  }

  @Test
  void readsAMetricsLine() {
    assertThat(XGBoostBooster.metrics("[3]\ttrain-tweedie-nloglik@1.5:0.5\tvalid-auc:-nan"))
        .containsExactly(
            Map.entry("tweedie-nloglik@1.5.train", 0.5), Map.entry("auc.valid", Double.NaN));
  }

  @Test
  void namesTheLibraryOfEachPlatform() {
    assertThat(XGBoostLibrary.FILE.resource("Linux", "aarch64"))
        .isEqualTo("lib/linux/aarch64/libxgboost4j.so");
    assertThat(XGBoostLibrary.FILE.resource("Mac OS X", "aarch64"))
        .isEqualTo("lib/macos/aarch64/libxgboost4j.dylib");
    assertThat(XGBoostLibrary.FILE.resource("Windows 11", "amd64"))
        .isEqualTo("lib/windows/x86_64/xgboost4j.dll");
    assertThatThrownBy(() -> XGBoostLibrary.FILE.resource("Linux", "riscv64"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("there is no XGBoost for Linux on riscv64");
  }

  private TrainedModel plain(NotedTraining training) {
    return model(params(GOLDEN.get("plain")))
        .train(new TrainingData(TRAIN, Optional.of(VALID)), training);
  }

  private static NotedTraining noted(int threads) {
    return new NotedTraining(threads, Integer.MAX_VALUE);
  }

  @SuppressWarnings("unchecked") // a JSON object
  private static Map<String, Object> params(JsonNode expected) {
    return JsonMapper.shared().convertValue(expected.get("params"), Map.class);
  }

  private XGBoostParameters parameters(Map<String, Object> kwargs) {
    return XGBoostParameters.read(Section.root(kwargs, problems), List.of());
  }

  private Model model(Map<String, Object> params) {
    Map<String, Object> kwargs = new HashMap<>(params);
    kwargs.put("early_stopping_rounds", 5);
    Model model = XGBModel.read(Section.root(kwargs, problems));
    assertThat(problems).isEmpty();
    return model;
  }
}
