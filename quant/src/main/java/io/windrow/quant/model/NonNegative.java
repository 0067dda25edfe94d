package io.windrow.quant.model;

import java.util.BitSet;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.TriangularSolver_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;

/**
 * Least squares with coefficients that are not negative, by the active set method of Lawson and
 * Hanson on the normal equations (Bro and de Jong, A fast non-negativity-constrained least squares
 * algorithm, J. Chemometrics 11, 1997).
 */
final class NonNegative {

  /** A slope below this part of the greatest moment is rounding. */
  private static final double TOLERANCE = 1e-11;

  /** The part of a feature that those before it do not explain; below, they are collinear. */
  private static final double SINGULAR = 1e-12;

  private final DMatrixRMaj gram;
  private final double[] moments;
  private final double[] solution;
  private final BitSet used = new BitSet();
  private final BitSet collinear = new BitSet();
  private final double least;

  private NonNegative(NormalEquations.Products products) {
    this.gram = products.gram();
    this.moments = products.moments();
    this.solution = new double[moments.length];
    double greatest = 0;
    for (double moment : moments) {
      greatest = Math.max(greatest, Math.abs(moment));
    }
    this.least = TOLERANCE * greatest;
  }

  /**
   * The coefficients.
   *
   * @throws ModelException if there are none after as many steps as SciPy takes
   */
  static double[] solve(NormalEquations.Products products) {
    NonNegative search = new NonNegative(products);
    int steps = 3 * search.moments.length;
    for (int best = search.steepest(); best >= 0; best = search.steepest()) {
      search.use(best);
      if (steps-- == 0) {
        throw new ModelException(
            "LinearModel's nnls found no solution in "
                + 3 * search.moments.length
                + " steps: are the features collinear?");
      }
    }
    return search.solution;
  }

  /** The unused feature that lowers the error fastest; -1 if none does. */
  private int steepest() {
    int best = -1;
    double greatest = least;
    for (int i = 0; i < solution.length; i++) {
      double slope = used.get(i) || collinear.get(i) ? 0 : slope(i);
      if (slope > greatest) {
        greatest = slope;
        best = i;
      }
    }
    return best;
  }

  private double slope(int feature) {
    double slope = moments[feature];
    for (int j = used.nextSetBit(0); j >= 0; j = used.nextSetBit(j + 1)) {
      slope -= gram.get(feature, j) * solution[j];
    }
    return slope;
  }

  /** Takes a feature in, and lets those go that would become negative. */
  private void use(int feature) {
    used.set(feature);
    Optional<double[]> free = unconstrained();
    if (free.isEmpty() || free.get()[feature] <= 0) {
      used.clear(feature);
      collinear.set(feature);
      return;
    }
    double[] target = free.get();
    while (used.stream().anyMatch(among(target))) {
      step(target);
      // What is left of independent features is independent.
      target = unconstrained().orElse(solution);
    }
    System.arraycopy(target, 0, solution, 0, solution.length);
    collinear.clear();
  }

  /** The features in use that a solution gives no positive coefficient. */
  private static IntPredicate among(double[] target) {
    return i -> target[i] <= 0;
  }

  /** Goes towards the free solution until the first coefficient is 0. */
  private void step(double[] target) {
    double part =
        used.stream().filter(among(target)).mapToDouble(i -> part(i, target)).min().orElse(1);
    for (int i : used.stream().toArray()) {
      if (target[i] <= 0 && part(i, target) <= part) {
        solution[i] = 0;
        used.clear(i);
      } else {
        solution[i] += part * (target[i] - solution[i]);
      }
    }
  }

  private double part(int feature, double[] target) {
    double way = solution[feature] - target[feature];
    return way > 0 ? solution[feature] / way : 0;
  }

  /** Least squares over the features in use, 0 elsewhere; empty if they are collinear. */
  private Optional<double[]> unconstrained() {
    int[] features = used.stream().toArray();
    int size = features.length;
    DMatrixRMaj matrix = new DMatrixRMaj(size, size);
    double[] right = new double[size];
    for (int i = 0; i < size; i++) {
      right[i] = moments[features[i]];
      for (int j = 0; j < size; j++) {
        matrix.set(i, j, gram.get(features[i], features[j]));
      }
    }
    CholeskyDecomposition_F64<DMatrixRMaj> cholesky = DecompositionFactory_DDRM.chol(size, true);
    if (!cholesky.decompose(matrix)) {
      return Optional.empty();
    }
    double[] lower = cholesky.getT(null).data;
    double[] free = new double[solution.length];
    for (int i = 0; i < size; i++) {
      double pivot = lower[i * size + i];
      if (pivot * pivot < SINGULAR * gram.get(features[i], features[i])) {
        return Optional.empty();
      }
    }
    TriangularSolver_DDRM.solveL(lower, right, size);
    TriangularSolver_DDRM.solveTranL(lower, right, size);
    for (int i = 0; i < size; i++) {
      free[features[i]] = right[i];
    }
    return Optional.of(free);
  }
}
