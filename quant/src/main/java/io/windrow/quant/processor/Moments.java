package io.windrow.quant.processor;

/** Mean and standard deviation of a column. */
record Moments(double mean, double deviation) {

  /**
   * Of values without NaN.
   *
   * @param ddof what is taken off the count: 1 as pandas, 0 as numpy
   */
  static Moments of(double[] values, int ddof) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return new Moments(mean, Math.sqrt(squares / (values.length - ddof)));
  }
}
