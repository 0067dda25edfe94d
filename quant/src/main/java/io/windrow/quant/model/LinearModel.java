package io.windrow.quant.model;

import io.windrow.quant.definition.DefinitionException;
import io.windrow.quant.definition.Section;
import io.windrow.quant.panel.CrossSection;
import io.windrow.quant.panel.Panel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Linear regression with the arguments of Qlib's LinearModel.
 *
 * @param estimator {@code ols} or {@code ridge}
 * @param alpha ridge's penalty
 * @param intercept whether to fit a constant
 * @param includeValid whether to learn from the valid segment as well
 */
record LinearModel(String estimator, double alpha, boolean intercept, boolean includeValid)
    implements Model {

  private static final List<String> ESTIMATORS = List.of("ols", "ridge");
  private static final List<String> LATER = List.of("nnls", "lasso");

  /** Reads {@code model.kwargs}. */
  static Model read(Section kwargs) {
    String estimator = kwargs.text("estimator").orElse("ols");
    boolean penalised = !estimator.equals("ols");
    if (LATER.contains(estimator)) {
      kwargs.unavailable(
          "estimator", "'" + estimator + "' is not available yet; there are " + ESTIMATORS);
      estimator = "ols";
    } else {
      estimator = kwargs.choice("estimator", ESTIMATORS);
    }
    double alpha = kwargs.amount("alpha", 0);
    if (alpha != 0 && !penalised) {
      kwargs.problem("alpha", "is for ridge only: set estimator to ridge or leave it out");
    }
    LinearModel model =
        new LinearModel(
            estimator,
            alpha,
            kwargs.flag("fit_intercept", false),
            kwargs.flag("include_valid", false));
    kwargs.rejectOthers();
    return model;
  }

  @Override
  public TrainedModel train(TrainingData data, Training training) {
    LeastSquares squares = new LeastSquares(data.train().features().columns().size());
    squares.add(data.train());
    training.checkCancelled();
    if (includeValid) {
      data.valid().ifPresent(squares::add);
    }
    if (squares.rows() == 0) {
      throw new DefinitionException(
          "model",
          "LinearModel drops rows with a missing value, and every row has one: add the processor"
              + " Fillna with fields_group feature");
    }
    LeastSquares.Solution solution = squares.solve(alpha, intercept);
    return new Linear(estimator, data.train().features().columns(), solution);
  }

  private record Linear(String estimator, List<String> columns, LeastSquares.Solution solution)
      implements TrainedModel {

    @Override
    public double[] predict(Panel features) {
      double[] scores = new double[Math.toIntExact(features.rows())];
      int target = 0;
      for (CrossSection day : features.days()) {
        for (int row = 0; row < day.rows(); row++) {
          scores[target++] = score(day.values(), row * columns.size());
        }
      }
      return scores;
    }

    private double score(float[] values, int offset) {
      double score = solution.intercept();
      for (int c = 0; c < columns.size(); c++) {
        score += values[offset + c] * solution.coefficients()[c];
      }
      return score;
    }

    @Override
    public String artifactName() {
      return "model.json";
    }

    @Override
    public byte[] artifact() {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("class", "LinearModel");
      document.put("estimator", estimator);
      document.put("columns", columns);
      document.put("coefficients", solution.coefficients());
      document.put("intercept", solution.intercept());
      return JsonMapper.shared().writeValueAsBytes(document);
    }

    @Override
    public Map<String, Double> metrics() {
      return Map.of();
    }

    @Override
    public void close() {
      // Nothing native is held.
    }
  }
}
