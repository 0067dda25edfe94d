package io.windrow.quant.model;

import io.windrow.quant.panel.CrossSection;
import io.windrow.quant.panel.FeatureLabelPanel;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * The products of which a linear regression is solved, in double precision. Rows stream through, so
 * that memory does not grow with them; rows with a missing value are left out.
 */
final class NormalEquations {

  /** Rows added to the products at once, which saves passing through the matrix. */
  private static final int BLOCK = 4;

  private final int width;
  private final double[] gram;
  private final double[] moments;
  private final double[][] block;
  private final double[] blockLabels = new double[BLOCK];
  private final double[] roots = new double[BLOCK];
  private final double[] sums;
  private double labelSum;
  private double labelSquares;
  private double weight;
  private long rows;
  private int filled;

  NormalEquations(int width) {
    this.width = width;
    this.gram = new double[width * width];
    this.moments = new double[width];
    this.block = new double[BLOCK][width];
    this.sums = new double[width];
  }

  /**
   * What a fit makes least: x'Gx - 2 m'x + s, which is the weighted sum of the squared errors.
   *
   * @param gram G, symmetric
   * @param moments m
   * @param squares s, the sum of the squared labels
   * @param weight of all rows
   */
  @SuppressWarnings("ArrayRecordComponent") // identity is enough
  record Products(DMatrixRMaj gram, double[] moments, double squares, double weight) {}

  /** Rows taken so far. */
  long rows() {
    return rows;
  }

  /** Adds the rows of a panel with one label column. */
  void add(FeatureLabelPanel panel, RowWeights weights) {
    int next = 0;
    for (int day = 0; day < panel.features().days().size(); day++) {
      CrossSection features = panel.features().days().get(day);
      float[] labels = panel.labels().days().get(day).values();
      for (int row = 0; row < features.rows(); row++) {
        double root = Math.sqrt(weights.of(next++));
        if (!Float.isNaN(labels[row]) && copyRow(features.values(), row * width, root)) {
          blockLabels[filled] = labels[row] * root;
          roots[filled++] = root;
          rows++;
          if (filled == BLOCK) {
            flush();
          }
        }
      }
    }
    flush();
  }

  private boolean copyRow(float[] values, int offset, double root) {
    double[] target = block[filled];
    for (int c = 0; c < width; c++) {
      float value = values[offset + c];
      if (Float.isNaN(value)) {
        return false;
      }
      target[c] = value * root;
    }
    return true;
  }

  private void flush() {
    for (int r = filled; r < BLOCK; r++) {
      Arrays.fill(block[r], 0);
      blockLabels[r] = 0;
      roots[r] = 0;
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
      sums[i] += ai * roots[0] + bi * roots[1] + ci * roots[2] + di * roots[3];
    }
    for (int r = 0; r < filled; r++) {
      labelSum += blockLabels[r] * roots[r];
      labelSquares += blockLabels[r] * blockLabels[r];
      weight += roots[r] * roots[r];
    }
    filled = 0;
  }

  /** Whether no row had an infinite value. */
  boolean isFinite() {
    double all = labelSquares;
    for (int i = 0; i < width; i++) {
      all += gram[i * width + i];
    }
    return Double.isFinite(all);
  }

  /** The products of features and labels less their means, as a free constant leaves them. */
  Products centred() {
    double[] right = moments.clone();
    for (int i = 0; i < width; i++) {
      right[i] -= sums[i] * labelSum / weight;
    }
    return new Products(
        matrix(width, (i, j) -> gram[i * width + j] - sums[i] * sums[j] / weight),
        right,
        labelSquares - labelSum * labelSum / weight,
        weight);
  }

  /** The products as they are: without a constant. */
  Products plain() {
    return new Products(
        matrix(width, (i, j) -> gram[i * width + j]), moments.clone(), labelSquares, weight);
  }

  /** The products with a last feature that is 1 in every row. */
  Products extended() {
    double[] right = Arrays.copyOf(moments, width + 1);
    right[width] = labelSum;
    return new Products(
        matrix(width + 1, (i, j) -> j < width ? gram[i * width + j] : i < width ? sums[i] : weight),
        right,
        labelSquares,
        weight);
  }

  /** The constant that goes with coefficients of {@link #centred} products. */
  double intercept(double[] coefficients) {
    double constant = labelSum / weight;
    for (int i = 0; i < width; i++) {
      constant -= coefficients[i] * sums[i] / weight;
    }
    return constant;
  }

  /** An entry on or right of the diagonal. */
  @FunctionalInterface
  private interface Entry {
    double at(int row, int column);
  }

  private static DMatrixRMaj matrix(int size, Entry entry) {
    DMatrixRMaj matrix = new DMatrixRMaj(size, size);
    for (int i = 0; i < size; i++) {
      for (int j = i; j < size; j++) {
        double value = entry.at(i, j);
        matrix.set(i, j, value);
        matrix.set(j, i, value);
      }
    }
    return matrix;
  }
}
