package io.windrow.quant.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.windrow.quant.definition.DefinitionException;
import io.windrow.quant.definition.Problem;
import io.windrow.quant.definition.Section;
import io.windrow.quant.panel.FeatureLabelPanel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class LGBModelTest {

  private static final TrainingData DATA =
      new TrainingData(
          Samples.panel(100, 1.0, true, 1), Optional.of(Samples.panel(30, 1.0, true, 2)));
  private static final FeatureLabelPanel TEST = Samples.panel(10, 1.0, true, 3);

  private final List<Problem> problems = new ArrayList<>();

  @Test
  void stopsAtTheBestRoundOfTheValidSet() {
    NotedTraining training = new NotedTraining(1, Integer.MAX_VALUE);
    try (TrainedModel model =
        model(Map.of("learning_rate", 0.3, "early_stopping_rounds", 10)).train(DATA, training)) {
      List<Double> valid = training.metrics.get("l2.valid");
      int best = model.metrics().get("best_iteration").intValue();

      assertThat(valid.size()).isEqualTo(best + 10).isLessThan(1000);
      assertThat(training.metrics.get("l2.train")).hasSameSizeAs(valid);
      assertThat(valid.get(best - 1)).isEqualTo(valid.stream().min(Double::compare).orElseThrow());
      assertThat(new String(model.artifact(), UTF_8).split("\nTree=", -1)).hasSize(best + 1);
      assertThat(model.artifactName()).isEqualTo("model.txt");
    }
  }

  @Test
  void learnsTheRelation() {
    NotedTraining training = new NotedTraining(1, Integer.MAX_VALUE);
    try (TrainedModel model = model(Map.of()).train(DATA, training)) {
      double[] scores = model.predict(TEST.features());

      double error = 0;
      double spread = 0;
      int row = 0;
      for (var day : TEST.labels().days()) {
        for (float label : day.values()) {
          error += Math.pow(label - scores[row++], 2);
          spread += label * label;
        }
      }
      assertThat(row).isEqualTo(200);
      // The relation has 5/6 of the variance.
      assertThat(error / spread).isLessThan(0.3);
    }
  }

  @Test
  void theTextPredictsTheSame() {
    try (TrainedModel model = model(Map.of()).train(DATA, new NotedTraining(1, Integer.MAX_VALUE));
        NativeBooster again = NativeBooster.load(model.artifact())) {
      assertThat(again.predict(TEST.features(), LightGbmApi.PREDICT_NORMAL, 1))
          .isEqualTo(model.predict(TEST.features()));
      assertThat(again.save(0)).isNotEmpty();
    }
  }

  @Test
  void threadsDoNotChangeTheModel() {
    Map<String, Object> sampled =
        Map.of("colsample_bytree", 0.7, "subsample", 0.8, "bagging_freq", 1, "num_threads", 8);
    try (TrainedModel one = model(sampled).train(DATA, new NotedTraining(1, Integer.MAX_VALUE));
        TrainedModel two = model(sampled).train(DATA, new NotedTraining(2, Integer.MAX_VALUE))) {
      assertThat(two.predict(TEST.features())).isEqualTo(one.predict(TEST.features()));
      assertThat(new String(two.artifact(), UTF_8)).contains("[num_threads: 2]");
    }
  }

  @Test
  void withoutAValidSetAllRoundsCount() {
    TrainingData train = new TrainingData(DATA.train(), Optional.empty());
    try (TrainedModel model =
        model(Map.of("num_boost_round", 7)).train(train, new NotedTraining(1, Integer.MAX_VALUE))) {
      assertThat(model.metrics()).containsEntry("best_iteration", 7.0);
    }
  }

  @Test
  void stopsWhenCancelled() {
    NotedTraining training = new NotedTraining(1, 3);

    assertThatThrownBy(() -> model(Map.of()).train(DATA, training))
        .isInstanceOf(CancellationException.class);
    assertThat(training.metrics.get("l2.train")).hasSize(3);
  }

  @Test
  void lightGbmsOwnMessageIsKept() {
    assertThatThrownBy(
            () ->
                model(Map.of("num_leaves", 1)).train(DATA, new NotedTraining(1, Integer.MAX_VALUE)))
        .isInstanceOf(DefinitionException.class)
        .hasMessage("model.kwargs: LightGBM demands num_leaves > 1");
  }

  /** Figures of Python's LightGBM 4.3.0 on the same numbers and weights. */
  @Test
  void rowsCountAsTheReweighterSays() {
    NotedTraining training = new NotedTraining(1, Integer.MAX_VALUE);
    TrainingData data =
        new TrainingData(
            Samples.arithmetic(40, 3),
            Optional.of(Samples.arithmetic(10, 4)),
            Optional.empty(),
            Optional.of(new Reweighter.TimeDecay(10)));
    try (TrainedModel model =
        model(Map.of("num_leaves", 7, "early_stopping_rounds", 5)).train(data, training)) {
      assertThat(model.metrics()).containsEntry("best_iteration", 35.0);
      assertThat(training.metrics.get("l2.train").get(0))
          .isCloseTo(0.10542406169644838, within(1e-12));
      assertThat(training.metrics.get("l2.valid").get(34))
          .isCloseTo(0.026010142705904595, within(1e-12));
      double[] scores = model.predict(Samples.arithmetic(2, 5).features());
      assertThat(scores[0]).isCloseTo(0.15824060662599512, within(1e-12));
      assertThat(scores[2]).isCloseTo(-0.04535363260438567, within(1e-12));
      assertThat(model.importance())
          .extracting(FeatureImportance::feature)
          .containsExactly("B", "A", "D", "C$");
      assertThat(model.importance().get(0).split()).isEqualTo(89);
      assertThat(model.importance().get(0).gain()).isCloseTo(339.4418908730149, within(1e-9));
    }
  }

  @Test
  void dartUsesAllRounds() {
    try (TrainedModel model =
        model(Map.of("boosting", "dart", "num_boost_round", 30, "early_stopping_rounds", 2))
            .train(DATA, new NotedTraining(1, Integer.MAX_VALUE))) {
      assertThat(model.metrics()).containsEntry("best_iteration", 30.0);
    }
  }

  @Test
  void aMissingLabelIsZeroAsInQlib() {
    FeatureLabelPanel missing = Samples.arithmetic(40, 3);
    missing.labels().days().get(1).values()[2] = Float.NaN;
    FeatureLabelPanel zero = Samples.arithmetic(40, 3);
    zero.labels().days().get(1).values()[2] = 0;

    assertThat(trees(missing))
        .isEqualTo(trees(zero))
        .isNotEqualTo(trees(Samples.arithmetic(40, 3)));
  }

  private String trees(FeatureLabelPanel train) {
    try (TrainedModel model =
        model(Map.of("num_boost_round", 3))
            .train(
                new TrainingData(train, Optional.empty()),
                new NotedTraining(1, Integer.MAX_VALUE))) {
      return new String(model.artifact(), UTF_8);
    }
  }

  @Test
  void labelsThatAreNoNumbersAreNamed() {
    FeatureLabelPanel valid = Samples.arithmetic(10, 4);
    valid.labels().days().get(2).values()[0] = Float.NEGATIVE_INFINITY;
    TrainingData data = new TrainingData(DATA.train(), Optional.of(valid));

    assertThatThrownBy(() -> model(Map.of()).train(data, new NotedTraining(1, Integer.MAX_VALUE)))
        .isInstanceOf(DefinitionException.class)
        .hasMessage(
            "dataset.kwargs.handler.kwargs.learn_processors: LightGBM needs finite labels: in the"
                + " segment valid 1 of 200 are not, the first: LABEL0 of S0 on 2020-01-03 is -Infinity;"
                + " add the processor DropnaLabel, or ProcessInf before it if they are infinite");
  }

  @Test
  void aConstantLabelGivesAConstant() {
    FeatureLabelPanel train = Samples.arithmetic(40, 3);
    train.labels().days().forEach(day -> Arrays.fill(day.values(), 0.25f));
    try (TrainedModel model =
        model(Map.of("num_boost_round", 3))
            .train(
                new TrainingData(train, Optional.empty()),
                new NotedTraining(1, Integer.MAX_VALUE))) {
      assertThat(model.predict(TEST.features())).containsOnly(0.25);
    }
  }

  private Model model(Map<String, Object> kwargs) {
    Model model = LGBModel.read(Section.root(kwargs, problems));
    assertThat(problems).isEmpty();
    return model;
  }
}
