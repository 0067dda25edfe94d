package io.windrow.collector.collect;

import io.windrow.quant.record.SeriesBacktest;

/** What came of back-testing the series of a group. */
public sealed interface GroupBacktest {

  /** No window's records ask for a back-test. */
  record NotAsked() implements GroupBacktest {}

  /** The series has gaps, and nobody asked for a part of it. */
  record Incomplete() implements GroupBacktest {}

  /**
   * It cannot be run.
   *
   * @param reason what is missing or wrong, and what to do
   */
  record Unavailable(String reason) implements GroupBacktest {}

  /** It was run. */
  record Done(SeriesBacktest.Outcome outcome) implements GroupBacktest {
    private static final int BYTES_FIXED = 1024;
    private static final int BYTES_PER_DAY = 200;
    private static final int BYTES_PER_POSITION = 72;

    /** Memory it takes, roughly. */
    long bytes() {
      return BYTES_FIXED
          + (long) BYTES_PER_DAY * outcome.result().report().size()
          + (long) BYTES_PER_POSITION * outcome.result().positions().size();
    }
  }
}
