package io.windrow.quant.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.windrow.quant.Golden;
import io.windrow.quant.definition.DefinitionException;
import io.windrow.quant.definition.Problem;
import io.windrow.quant.definition.Section;
import io.windrow.quant.panel.FeatureLabelPanel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
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

  static List<JsonNode> references() {
    return Golden.json("models.json").get("linear").valueStream().toList();
  }

  /** Against scikit-learn's and SciPy's solvers in double precision, lasso to its optimum. */
  @ParameterizedTest
  @MethodSource("references")
  void hasTheFiguresOfScikitLearn(JsonNode expected) {
    Map<String, Object> kwargs = new HashMap<>();
    for (String key : List.of("estimator", "alpha", "fit_intercept", "include_valid")) {
      JsonNode value = expected.get(key);
      kwargs.put(
          key,
          value.isString()
              ? value.stringValue()
              : value.isBoolean() ? value.booleanValue() : (Object) value.doubleValue());
    }
    TrainingData data =
        new TrainingData(
            Samples.arithmetic(40, 3),
            Optional.of(Samples.arithmetic(10, 4)),
            Optional.empty(),
            expected.get("weighted").booleanValue()
                ? Optional.of(new Reweighter.TimeDecay(10))
                : Optional.empty());

    JsonNode model = JsonMapper.shared().readTree(model(kwargs).train(data, TRAINING).artifact());

    // The optimum is found to 1e-10 of the labels' squares, which leaves lasso's own less certain.
    double tolerance = expected.get("estimator").stringValue().equals("lasso") ? 1e-6 : 1e-9;
    for (int i = 0; i < 4; i++) {
      assertThat(model.get("coefficients").get(i).doubleValue())
          .isCloseTo(expected.get("coefficients").get(i).doubleValue(), within(tolerance));
    }
    assertThat(model.get("intercept").doubleValue())
        .isCloseTo(expected.get("intercept").doubleValue(), within(tolerance));
  }

  @Test
  void nonNegativeMeetsTheConditionsOfItsOptimum() {
    FeatureLabelPanel panel = Samples.wide(30, 25, 7);
    NormalEquations equations = new NormalEquations(25);
    equations.add(panel, RowWeights.equal());
    NormalEquations.Products products = equations.plain();

    double[] solution = NonNegative.solve(products);

    double greatest = Arrays.stream(products.moments()).map(Math::abs).max().orElseThrow();
    for (int i = 0; i < solution.length; i++) {
      double slope = products.moments()[i];
      for (int j = 0; j < solution.length; j++) {
        slope -= products.gram().get(i, j) * solution[j];
      }
      assertThat(solution[i]).isNotNegative();
      assertThat(solution[i] > 0 ? Math.abs(slope) : slope).isLessThan(1e-9 * greatest);
    }
    assertThat(Arrays.stream(solution).filter(x -> x > 0).count()).isBetween(3L, 22L);
  }

  @Test
  void lassoMeetsTheConditionsOfItsOptimum() {
    FeatureLabelPanel panel = Samples.wide(30, 25, 7);
    NormalEquations equations = new NormalEquations(25);
    equations.add(panel, RowWeights.equal());
    NormalEquations.Products products = equations.centred();
    double alpha = 0.15;

    double[] solution = Lasso.solve(products, alpha);

    for (int i = 0; i < solution.length; i++) {
      double slope = products.moments()[i];
      for (int j = 0; j < solution.length; j++) {
        slope -= products.gram().get(i, j) * solution[j];
      }
      slope /= products.weight();
      if (solution[i] == 0) {
        assertThat(Math.abs(slope)).isLessThan(alpha * (1 + 1e-4));
      } else {
        assertThat(slope).isCloseTo(alpha * Math.signum(solution[i]), within(alpha * 1e-4));
      }
    }
    assertThat(Arrays.stream(solution).filter(x -> x != 0).count()).isBetween(3L, 22L);
  }

  @Test
  void missingColumnsAreNamed() {
    assertThatThrownBy(() -> train(Map.of(), Samples.panel(3, 0, true, 5)))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("each of the 60 rows has one (1 columns are missing everywhere: D)");
  }

  @Test
  void infiniteValuesAreNamed() {
    FeatureLabelPanel panel = Samples.panel(3, 0, false, 5);
    panel.features().days().get(2).values()[5] = Float.NEGATIVE_INFINITY;

    assertThatThrownBy(() -> train(Map.of(), panel))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("the first: B of S101 on 2020-01-03 is -Infinity")
        .hasMessageContaining("ProcessInf");
  }

  @Test
  void reportsWhatItCannotTake() {
    LinearModel.read(
        Section.root(Map.of("estimator", "nnls", "alpha", 0.1, "fit_intercep", true), problems));

    assertThat(problems)
        .extracting(Problem::toString)
        .anySatisfy(t -> assertThat(t).contains("alpha: is for ridge and lasso only"))
        .anySatisfy(t -> assertThat(t).contains("did you mean 'fit_intercept'"));
  }

  private Model model(Map<String, Object> kwargs) {
    Model model = LinearModel.read(Section.root(kwargs, problems));
    assertThat(problems).isEmpty();
    return model;
  }

  private TrainedModel train(Map<String, Object> kwargs, FeatureLabelPanel panel) {
    return model(kwargs).train(new TrainingData(panel, Optional.empty()), TRAINING);
  }
}
