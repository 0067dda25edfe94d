package io.windrow.quant.model;

import org.ejml.data.DMatrixRMaj;

/**
 * Least squares with a penalty on the absolute coefficients, scikit-learn's Lasso: 1/(2n) |y -
 * Xw|^2 + alpha |w|, by coordinate descent on the products (Friedman, Hastie and Tibshirani,
 * Regularization paths for generalized linear models via coordinate descent, J. Stat. Software 33,
 * 2010). It ends when the duality gap says that it is near the optimum.
 */
final class Lasso {

  /** Of the gap, as a part of the labels' squares; scikit-learn is content with 1e-4. */
  private static final double TOLERANCE = 1e-10;

  private static final int MOST_SWEEPS = 100_000;

  /** The gap costs as much as a sweep. */
  private static final int SWEEPS_A_CHECK = 10;

  private final DMatrixRMaj gram;
  private final double[] solution;

  /** moments - gram x solution: what each feature could still explain. */
  private final double[] rest;

  private final double[] moments;
  private final double squares;
  private final double penalty;

  private Lasso(NormalEquations.Products products, double penalty) {
    this.gram = products.gram();
    this.moments = products.moments();
    this.rest = moments.clone();
    this.solution = new double[moments.length];
    this.squares = products.squares();
    this.penalty = penalty;
  }

  /**
   * The coefficients.
   *
   * @param alpha scikit-learn's, positive
   */
  static double[] solve(NormalEquations.Products products, double alpha) {
    Lasso descent = new Lasso(products, alpha * products.weight());
    for (int sweep = 1; sweep <= MOST_SWEEPS; sweep++) {
      boolean moved = descent.sweep();
      if (!moved || (sweep % SWEEPS_A_CHECK == 0 && descent.isNear())) {
        break;
      }
    }
    return descent.solution;
  }

  /** Moves every coefficient to the best place while the others stay; false if none moved. */
  private boolean sweep() {
    boolean moved = false;
    for (int i = 0; i < solution.length; i++) {
      double curvature = gram.get(i, i);
      if (curvature <= 0) {
        continue; // a feature that is 0 in every row
      }
      double pull = rest[i] + curvature * solution[i];
      double best = Math.signum(pull) * Math.max(Math.abs(pull) - penalty, 0) / curvature;
      double change = best - solution[i];
      if (change != 0) {
        solution[i] = best;
        moved = true;
        for (int j = 0; j < rest.length; j++) {
          rest[j] -= gram.get(i, j) * change;
        }
      }
    }
    return moved;
  }

  /** Whether the duality gap is small. */
  private boolean isNear() {
    double steepest = 0;
    double fitted = 0;
    double leftOver = squares;
    double size = 0;
    for (int i = 0; i < solution.length; i++) {
      steepest = Math.max(steepest, Math.abs(rest[i]));
      fitted += moments[i] * solution[i];
      leftOver -= (moments[i] + rest[i]) * solution[i];
      size += Math.abs(solution[i]);
    }
    // The residuals, shrunk until no feature explains more of them than the penalty, are a point of
    // the dual problem.
    double shrink = steepest > penalty ? penalty / steepest : 1;
    double gap =
        0.5 * leftOver * (1 + shrink * shrink) + penalty * size - shrink * (squares - fitted);
    return gap <= TOLERANCE * squares;
  }
}
