package io.windrow.quant.factor.expression;

/**
 * How many days an expression looks back and ahead, counted as Qlib counts (ops.py,
 * get_extended_window_size): it decides which days are loaded.
 */
record Extent(int back, int ahead) {

  static final Extent TODAY = new Extent(0, 0);

  Extent union(Extent other) {
    return new Extent(Math.max(back, other.back), Math.max(ahead, other.ahead));
  }

  /** Of a window of {@code days} days that ends today. */
  Extent window(int days) {
    return new Extent(back + Math.max(days - 1, 0), ahead);
  }

  /** Of a value {@code days} ago, or ahead if negative. */
  Extent shift(int days) {
    return new Extent(Math.max(back + days, back), Math.max(ahead - days, ahead));
  }
}
