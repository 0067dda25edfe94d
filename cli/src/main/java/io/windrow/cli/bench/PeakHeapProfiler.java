package io.windrow.cli.bench;

import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/** Reports the {@link PeakHeap} of an iteration. Made by JMH in the measured JVM. */
public final class PeakHeapProfiler implements InternalProfiler {

  static final String RESULT = "peak.heap";

  @Override
  public String getDescription() {
    return "most heap in use during an iteration";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    PeakHeap.reset();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    return List.of(new ScalarResult(RESULT, PeakHeap.bytes(), "bytes", AggregationPolicy.MAX));
  }
}
