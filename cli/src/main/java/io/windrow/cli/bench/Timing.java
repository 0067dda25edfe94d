package io.windrow.cli.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * How long something took.
 *
 * @param secondsMean mean of the runs
 * @param secondsBest the fastest run
 * @param runs how many were measured
 */
public record Timing(double secondsMean, double secondsBest, int runs) {

  static Timing of(List<Double> seconds) {
    return new Timing(
        seconds.stream().mapToDouble(each -> each).average().orElseThrow(),
        seconds.stream().mapToDouble(each -> each).min().orElseThrow(),
        seconds.size());
  }

  /** Does it again and again; the first times, until the code is compiled, do not count. */
  static Timing of(int warmups, int runs, Runnable work) {
    for (int i = 0; i < warmups; i++) {
      work.run();
    }
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      seconds.add(seconds(work));
    }
    return of(seconds);
  }

  static double seconds(Runnable work) {
    long begin = System.nanoTime();
    work.run();
    return (System.nanoTime() - begin) / 1e9;
  }
}
