package io.windrow.quant.model;

import io.windrow.quant.definition.DefinitionException;
import io.windrow.quant.definition.Section;
import io.windrow.quant.panel.CrossSection;
import io.windrow.quant.panel.FeatureLabelPanel;
import io.windrow.quant.panel.Panel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Linear regression with the arguments of Qlib's LinearModel.
 *
 * @param estimator {@code ols}, {@code nnls}, {@code ridge} or {@code lasso}
 * @param alpha the penalty of ridge and lasso
 * @param intercept whether to fit a constant; nnls makes it no less than 0, as Qlib does
 * @param includeValid whether to learn from the valid segment as well
 */
record LinearModel(String estimator, double alpha, boolean intercept, boolean includeValid)
    implements Model {

  private static final String OLS = "ols";
  private static final String NNLS = "nnls";
  private static final String RIDGE = "ridge";
  private static final String LASSO = "lasso";

  /** Columns named in an error. */
  private static final int NAMED = 5;

  /** Reads {@code model.kwargs}. */
  static Model read(Section kwargs) {
    String estimator = kwargs.choice("estimator", List.of(OLS, NNLS, RIDGE, LASSO));
    double alpha = kwargs.amount("alpha", 0);
    if (alpha != 0 && !List.of(RIDGE, LASSO).contains(estimator)) {
      kwargs.problem(
          "alpha", "is for ridge and lasso only: set estimator to one of them or leave it out");
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
  public boolean takesWeights() {
    return !estimator.equals(NNLS);
  }

  @Override
  public TrainedModel train(TrainingData data, Training training) {
    List<FeatureLabelPanel> panels = new ArrayList<>(List.of(data.train()));
    if (includeValid) {
      data.valid().ifPresent(panels::add);
    }
    FeatureLabelPanel all = joined(panels);
    RowWeights weights = data.weigh(all);
    List<String> columns = all.features().columns();
    NormalEquations equations = new NormalEquations(columns.size());
    int row = 0;
    for (FeatureLabelPanel panel : panels) {
      training.checkCancelled();
      equations.add(panel, weights.part(row, panel.features()));
      row += Math.toIntExact(panel.rows());
    }
    if (equations.rows() == 0) {
      throw noRows(all.features());
    }
    if (!equations.isFinite()) {
      FiniteValues.requireNoneInfinite(all.features(), "LinearModel");
      FiniteValues.requireNoneInfinite(all.labels(), "LinearModel");
    }
    return solve(equations, columns);
  }

  private LinearWeights solve(NormalEquations equations, List<String> columns) {
    if (estimator.equals(NNLS)) {
      double[] solution = NonNegative.solve(intercept ? equations.extended() : equations.plain());
      return new LinearWeights(
          estimator,
          columns,
          Arrays.copyOf(solution, columns.size()),
          intercept ? solution[columns.size()] : 0);
    }
    NormalEquations.Products products = intercept ? equations.centred() : equations.plain();
    double[] coefficients =
        estimator.equals(LASSO) && alpha > 0
            ? Lasso.solve(products, alpha)
            : LeastSquares.solve(products, estimator.equals(RIDGE) ? alpha : 0);
    return new LinearWeights(
        estimator, columns, coefficients, intercept ? equations.intercept(coefficients) : 0);
  }

  private static FeatureLabelPanel joined(List<FeatureLabelPanel> panels) {
    return panels.size() == 1
        ? panels.get(0)
        : new FeatureLabelPanel(
            joinedDays(panels.stream().map(FeatureLabelPanel::features).toList()),
            joinedDays(panels.stream().map(FeatureLabelPanel::labels).toList()));
  }

  private static Panel joinedDays(List<Panel> panels) {
    return new Panel(
        panels.get(0).columns(),
        panels.get(0).symbols(),
        panels.stream().flatMap(panel -> panel.days().stream()).toList());
  }

  private static DefinitionException noRows(Panel features) {
    long[] missing = new long[features.columns().size()];
    for (CrossSection day : features.days()) {
      for (int i = 0; i < day.rows() * missing.length; i++) {
        missing[i % missing.length] += Float.isNaN(day.values()[i]) ? 1 : 0;
      }
    }
    long rows = features.rows();
    List<String> empty =
        IntStream.range(0, missing.length)
            .filter(column -> missing[column] == rows)
            .mapToObj(features.columns()::get)
            .toList();
    return new DefinitionException(
        "model",
        "LinearModel drops rows with a missing value, and each of the %,d rows has one%s: add the"
                .formatted(
                    rows,
                    empty.isEmpty()
                        ? ""
                        : " (%d columns are missing everywhere: %s%s)"
                            .formatted(
                                empty.size(),
                                String.join(", ", empty.subList(0, Math.min(NAMED, empty.size()))),
                                empty.size() > NAMED ? ", ..." : ""))
            + " processor Fillna with fields_group feature");
  }
}
