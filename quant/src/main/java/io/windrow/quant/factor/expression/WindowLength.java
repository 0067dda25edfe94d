package io.windrow.quant.factor.expression;

/**
 * The length argument of a window: whole days, 0 for all days so far, or a fraction: the weight of
 * today in an exponential mean.
 */
record WindowLength(double value) {

  /** Of an exponential mean, Qlib loads days until a weight falls below this. */
  private static final double SMALLEST_WEIGHT = 1e-6;

  boolean isDecay() {
    return value > 0 && value < 1;
  }

  int days() {
    return (int) value;
  }

  /** How many days are loaded for it, today included. */
  int loaded() {
    return isDecay() ? (int) (Math.log(SMALLEST_WEIGHT) / Math.log(1 - value)) : days();
  }
}
