package io.windrow.quant.factor.expression;

/**
 * What kind of numbers a series has, from the weakest. Qlib's bars are of single precision, and so
 * is what is computed from them day by day; statistics over a window are of double precision. The
 * same roundings give the same factors to the last bit.
 */
enum Precision {
  /** 1 and 0: what a comparison gives. Arithmetic with a number makes it a double. */
  TRUTH,
  SINGLE,
  DOUBLE;

  Precision stronger(Precision other) {
    return compareTo(other) < 0 ? other : this;
  }

  /** Of sums and differences of such numbers. */
  Precision arithmetic() {
    return this == TRUTH ? DOUBLE : this;
  }
}
