package io.windrow.quant.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.windrow.quant.definition.DefinitionException;
import io.windrow.quant.definition.Problem;
import io.windrow.quant.definition.Section;
import io.windrow.quant.panel.FeatureLabelPanel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LinearModelTest {

  private static final FeatureLabelPanel EXACT = Samples.panel(11, 0, false, 5);
  private static final NotedTraining TRAINING = new NotedTraining(1, Integer.MAX_VALUE);

  private final List<Problem> problems = new ArrayList<>();

  @Test
  void findsTheCoefficients() {
    TrainedModel model = train(Map.of(), EXACT);

    JsonNode document = JsonMapper.shared().readTree(model.artifact());
    assertThat(document.get("class").stringValue()).isEqualTo("LinearModel");
    double[] expected = {2, -1, 0, 0};
    for (int i = 0; i < 4; i++) {
      assertThat(document.get("coefficients").get(i).doubleValue())
          .isCloseTo(expected[i], within(1e-6));
    }
    assertThat(model.predict(EXACT.features())[0])
        .isCloseTo(EXACT.labels().days().get(0).values()[0], within(1e-5));
  }

  @Test
  void penaltyShrinksAndInterceptIsFree() {
    JsonNode ridge =
        JsonMapper.shared()
            .readTree(
                train(Map.of("estimator", "ridge", "alpha", 1000, "fit_intercept", true), EXACT)
                    .artifact());

    assertThat(ridge.get("coefficients").get(0).doubleValue()).isBetween(0.1, 1.0);
    assertThat(ridge.get("intercept").doubleValue()).isNotZero();
  }

  @Test
  void everyRowMissingIsADefinitionProblem() {
    assertThatThrownBy(() -> train(Map.of(), Samples.panel(3, 0, true, 5)))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("Fillna");
  }

  @Test
  void reportsWhatIsNotThereYet() {
    LinearModel.read(
        Section.root(Map.of("estimator", "lasso", "alpha", 0.1, "fit_intercep", true), problems));

    assertThat(problems)
        .extracting(Problem::toString)
        .anySatisfy(t -> assertThat(t).contains("'lasso' is not available yet; there are [ols"))
        .anySatisfy(t -> assertThat(t).contains("did you mean 'fit_intercept'"));
  }

  private TrainedModel train(Map<String, Object> kwargs, FeatureLabelPanel panel) {
    Model model = LinearModel.read(Section.root(kwargs, problems));
    assertThat(problems).isEmpty();
    return model.train(new TrainingData(panel, Optional.empty()), TRAINING);
  }
}
