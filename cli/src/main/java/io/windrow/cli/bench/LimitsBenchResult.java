package io.windrow.cli.bench;

import java.util.List;

/**
 * What the parts that all workers share bear.
 *
 * @param limits in the order they were measured
 */
public record LimitsBenchResult(List<Limit> limits) {

  /**
   * One kind of call, at one size.
   *
   * @param what is done
   * @param size of a call
   * @param callsPerSecond as many as went through
   * @param perSecond what these carried
   * @param unit of that
   */
  public record Limit(
      String what, String size, double callsPerSecond, double perSecond, String unit) {}
}
