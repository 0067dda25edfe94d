package io.windrow.quant.model;

import io.windrow.quant.definition.DefinitionException;
import io.windrow.quant.definition.Section;
import java.util.List;

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
    if (kwargs.has("init_model")) {
      kwargs.problem(
          "init_model",
          "is for LGBModel only: LinearModel is solved in one step and has nothing to go on from");
    }
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
    return new LinearWeights(estimator, data.train().features().columns(), solution);
  }
}
