package io.windrow.quant.model;

import io.windrow.quant.panel.CrossSection;
import io.windrow.quant.panel.FeatureLabelPanel;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Least squares by normal equations in double precision. Rows stream through, so that memory does
 * not grow with them; rows with a missing value are left out.
 */
final class LeastSquares {

  /**
   * Directions with an eigenvalue below this part of the greatest get no weight: there features are
   * collinear but for rounding (as CNTD = CNTP - CNTN in Alpha158), and the solution of least norm
   * is the one that does not blow that rounding up. As a singular value it is 1e-6.
   */
  private static final double RANK_TOLERANCE = 1e-12;

  /** Rows added to the products at once, which saves passing through the matrix. */
  private static final int BLOCK = 4;

  private final int width;
  private final double[] gram;
  private final double[] moments;
  private final double[][] block;
  private final double[] blockLabels = new double[BLOCK];
  private final double[] sums;
  private double labelSum;
  private long rows;
  private int filled;

  LeastSquares(int width) {
    this.width = width;
    this.gram = new double[width * width];
    this.moments = new double[width];
    this.block = new double[BLOCK][width];
    this.sums = new double[width];
  }

  /** Solution of a fit: label = features x coefficients + intercept. */
  @SuppressWarnings("ArrayRecordComponent") // identity is enough
  record Solution(double[] coefficients, double intercept) {}

  /** Rows taken so far. */
  long rows() {
    return rows;
  }

  /** Adds the rows of a panel with one label column. */
  void add(FeatureLabelPanel panel) {
    for (int day = 0; day < panel.features().days().size(); day++) {
      CrossSection features = panel.features().days().get(day);
      float[] labels = panel.labels().days().get(day).values();
      for (int row = 0; row < features.rows(); row++) {
        if (!Float.isNaN(labels[row]) && copyRow(features.values(), row * width)) {
          blockLabels[filled++] = labels[row];
          rows++;
          if (filled == BLOCK) {
            flush();
          }
        }
      }
    }
  }

  private boolean copyRow(float[] values, int offset) {
    double[] target = block[filled];
    for (int c = 0; c < width; c++) {
      float value = values[offset + c];
      if (Float.isNaN(value)) {
        return false;
      }
      target[c] = value;
    }
    return true;
  }

  private void flush() {
    for (int r = filled; r < BLOCK; r++) {
      Arrays.fill(block[r], 0);
      blockLabels[r] = 0;
    }
    double[] a = block[0];
    double[] b = block[1];
    double[] c = block[2];
    double[] d = block[3];
    for (int i = 0; i < width; i++) {
      double ai = a[i];
      double bi = b[i];
      double ci = c[i];
      double di = d[i];
      int line = i * width;
      for (int j = i; j < width; j++) {
        gram[line + j] += ai * a[j] + bi * b[j] + ci * c[j] + di * d[j];
      }
      moments[i] +=
          ai * blockLabels[0] + bi * blockLabels[1] + ci * blockLabels[2] + di * blockLabels[3];
      sums[i] += ai + bi + ci + di;
    }
    labelSum += blockLabels[0] + blockLabels[1] + blockLabels[2] + blockLabels[3];
    filled = 0;
  }

  /**
   * Solves for what was added.
   *
   * @param ridge penalty on the squared coefficients, 0 for none; never on the intercept
   */
  Solution solve(double ridge, boolean intercept) {
    flush();
    DMatrixRMaj matrix = new DMatrixRMaj(width, width);
    double[] right = moments.clone();
    for (int i = 0; i < width; i++) {
      // With an intercept both sides are centred.
      right[i] -= intercept ? sums[i] * labelSum / rows : 0;
      for (int j = i; j < width; j++) {
        double value =
            gram[i * width + j] - (intercept ? sums[i] * sums[j] / rows : 0) + (i == j ? ridge : 0);
        matrix.set(i, j, value);
        matrix.set(j, i, value);
      }
    }
    double[] coefficients = pseudoSolve(matrix, right);
    double constant = 0;
    if (intercept) {
      constant = labelSum / rows;
      for (int i = 0; i < width; i++) {
        constant -= coefficients[i] * sums[i] / rows;
      }
    }
    return new Solution(coefficients, constant);
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
