package io.windrow.quant.data.health;

/**
 * From where on a move is a finding.
 *
 * @param priceJump change of a price from bar to bar as a part of the earlier one, above 0
 * @param volumeJump how many times the volume of the bar before, above 1
 * @param gap so many bars in a row may be missing, 0 or more
 */
public record HealthLimits(double priceJump, double volumeJump, int gap) {

  /** Half of a price as in Qlib's check, twenty times the volume, no missing bar. */
  public static final HealthLimits DEFAULT = new HealthLimits(0.5, 20, 0);

  public HealthLimits {
    if (!(priceJump > 0) || !(volumeJump > 1) || gap < 0) {
      throw new IllegalArgumentException(
          "a jump of prices is above 0, one of volumes above 1, a gap not negative");
    }
  }
}
