package io.windrow.cli.bench;

import java.util.List;

/**
 * How the time of a factor set grows with the data.
 *
 * @param factors name of the set
 * @param columns factors of the set
 * @param points by instruments, then days
 * @param iterations how many of each were measured
 * @param threads how many threads computed
 */
public record FactorScaling(
    String factors, int columns, List<Point> points, int iterations, int threads) {

  /**
   * A size of the data.
   *
   * @param rows instrument-days that have data
   * @param seconds mean of the iterations, reading the files included
   * @param secondsPerMillion seconds for a million values: rows times columns
   */
  public record Point(
      int instruments, int days, long rows, double seconds, double secondsPerMillion) {}
}
