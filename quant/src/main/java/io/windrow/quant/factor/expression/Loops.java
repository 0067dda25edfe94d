package io.windrow.quant.factor.expression;

/**
 * The functions of a day's values, each a loop of its own over all days, which the JVM unrolls.
 * Truths are 1 and 0; a comparison with NaN is 0.
 */
final class Loops {

  private Loops() {}

  /** Fills {@code r} from up to three series as long as it. */
  @FunctionalInterface
  interface Loop {
    void run(double[] a, double[] b, double[] c, double[] r);
  }

  /** A function of one number. */
  @FunctionalInterface
  interface Unary {
    void run(double[] a, double[] r);
  }

  /** A function of two numbers. */
  @FunctionalInterface
  interface Binary {
    void run(double[] a, double[] b, double[] r);
  }

  static void absolute(double[] a, double[] r) {
    for (int i = 0; i < r.length; i++) {
      r[i] = Math.abs(a[i]);
    }
  }

  static void sign(double[] a, double[] r) {
    for (int i = 0; i < r.length; i++) {
      r[i] = Math.signum((float) a[i]);
    }
  }

  static void log(double[] a, double[] r) {
    for (int i = 0; i < r.length; i++) {
      r[i] = Math.log(a[i]);
    }
  }

  static void not(double[] a, double[] r) {
    for (int i = 0; i < r.length; i++) {
      r[i] = a[i] == 0 ? 1 : 0;
    }
  }

  static void add(double[] a, double[] b, double[] r) {
    for (int i = 0; i < r.length; i++) {
      r[i] = a[i] + b[i];
    }
  }

  static void subtract(double[] a, double[] b, double[] r) {
    for (int i = 0; i < r.length; i++) {
      r[i] = a[i] - b[i];
    }
  }

  static void multiply(double[] a, double[] b, double[] r) {
    for (int i = 0; i < r.length; i++) {
      r[i] = a[i] * b[i];
    }
  }

  static void divide(double[] a, double[] b, double[] r) {
    for (int i = 0; i < r.length; i++) {
      r[i] = a[i] / b[i];
    }
  }

  static void power(double[] a, double[] b, double[] r) {
    for (int i = 0; i < r.length; i++) {
      r[i] = Math.pow(a[i], b[i]);
    }
  }

  static void greater(double[] a, double[] b, double[] r) {
    for (int i = 0; i < r.length; i++) {
      r[i] = Math.max(a[i], b[i]);
    }
  }

  static void less(double[] a, double[] b, double[] r) {
    for (int i = 0; i < r.length; i++) {
      r[i] = Math.min(a[i], b[i]);
    }
  }

  static void isGreater(double[] a, double[] b, double[] r) {
    for (int i = 0; i < r.length; i++) {
      r[i] = a[i] > b[i] ? 1 : 0;
    }
  }

  static void isAtLeast(double[] a, double[] b, double[] r) {
    for (int i = 0; i < r.length; i++) {
      r[i] = a[i] >= b[i] ? 1 : 0;
    }
  }

  static void isLess(double[] a, double[] b, double[] r) {
    for (int i = 0; i < r.length; i++) {
      r[i] = a[i] < b[i] ? 1 : 0;
    }
  }

  static void isAtMost(double[] a, double[] b, double[] r) {
    for (int i = 0; i < r.length; i++) {
      r[i] = a[i] <= b[i] ? 1 : 0;
    }
  }

  static void equal(double[] a, double[] b, double[] r) {
    for (int i = 0; i < r.length; i++) {
      r[i] = a[i] == b[i] ? 1 : 0;
    }
  }

  static void differ(double[] a, double[] b, double[] r) {
    for (int i = 0; i < r.length; i++) {
      r[i] = a[i] != b[i] ? 1 : 0;
    }
  }

  static void and(double[] a, double[] b, double[] r) {
    for (int i = 0; i < r.length; i++) {
      r[i] = a[i] != 0 && b[i] != 0 ? 1 : 0;
    }
  }

  static void or(double[] a, double[] b, double[] r) {
    for (int i = 0; i < r.length; i++) {
      r[i] = a[i] != 0 || b[i] != 0 ? 1 : 0;
    }
  }

  /** NaN is true, as for numpy. */
  static void choose(double[] condition, double[] a, double[] b, double[] r) {
    for (int i = 0; i < r.length; i++) {
      r[i] = condition[i] != 0 ? a[i] : b[i];
    }
  }

  /** Rounds to single precision. */
  static void round(double[] r) {
    for (int i = 0; i < r.length; i++) {
      r[i] = (float) r[i];
    }
  }
}
