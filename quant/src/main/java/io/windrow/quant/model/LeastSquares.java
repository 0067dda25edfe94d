package io.windrow.quant.model;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** Least squares, penalised by the squared coefficients or not. */
final class LeastSquares {

  /**
   * Directions with an eigenvalue below this part of the greatest get no weight: there features are
   * collinear but for rounding (as CNTD = CNTP - CNTN in Alpha158), and the solution of least norm
   * is the one that does not blow that rounding up. As a singular value it is 1e-6.
   */
  private static final double RANK_TOLERANCE = 1e-12;

  private LeastSquares() {}

  /**
   * The coefficients.
   *
   * @param ridge penalty on the squared coefficients, 0 for none
   */
  static double[] solve(NormalEquations.Products products, double ridge) {
    DMatrixRMaj gram = products.gram().copy();
    for (int i = 0; i < gram.numRows; i++) {
      gram.add(i, i, ridge);
    }
    return pseudoSolve(gram, products.moments());
  }

  private static double[] pseudoSolve(DMatrixRMaj matrix, double[] right) {
    EigenDecomposition_F64<DMatrixRMaj> eigen =
        DecompositionFactory_DDRM.eig(matrix.numRows, true, true);
    if (!eigen.decompose(matrix)) {
      throw new ModelException("the features' products have no eigenvectors: are they finite?");
    }
    double greatest = 0;
    for (int i = 0; i < right.length; i++) {
      greatest = Math.max(greatest, eigen.getEigenvalue(i).getReal());
    }
    double[] solution = new double[right.length];
    for (int k = 0; k < right.length; k++) {
      double value = eigen.getEigenvalue(k).getReal();
      if (value <= greatest * RANK_TOLERANCE) {
        continue;
      }
      DMatrixRMaj vector = eigen.getEigenVector(k);
      double projection = 0;
      for (int i = 0; i < right.length; i++) {
        projection += vector.get(i) * right[i];
      }
      for (int i = 0; i < right.length; i++) {
        solution[i] += vector.get(i) * projection / value;
      }
    }
    return solution;
  }
}
