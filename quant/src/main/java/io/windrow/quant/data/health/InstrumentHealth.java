package io.windrow.quant.data.health;

import java.util.List;

/**
 * What was found about one instrument.
 *
 * @param coverage how much of each of {@link #CELLS} equal parts of the calendar has values, in
 *     percent
 */
public record InstrumentHealth(String instrument, List<Integer> coverage, List<Finding> findings) {

  /** Into how many parts the calendar is cut. */
  public static final int CELLS = 120;

  public InstrumentHealth {
    coverage = List.copyOf(coverage);
    findings = List.copyOf(findings);
  }
}
