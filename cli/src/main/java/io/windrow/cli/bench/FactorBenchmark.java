package io.windrow.cli.bench;

import io.windrow.quant.data.DataStore;
import io.windrow.quant.data.Universe;
import io.windrow.quant.factor.FactorEngine;
import io.windrow.quant.factor.FactorSet;
import io.windrow.quant.panel.Panel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Alpha158 over all instruments of market {@code all} and all days of a data folder, from reading
 * the files to the finished panel. One invocation is one iteration.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgs = "-Xmx2g")
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@State(Scope.Benchmark)
public class FactorBenchmark {

  /** The folder, in Qlib's layout. */
  @Param("")
  public String data;

  @Param("2")
  public int threads;

  private DataStore store;
  private Universe universe;
  private FactorEngine engine;

  /** What an invocation produced. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Produced {
    public long rows;
  }

  @Setup
  public void open() {
    store = DataStore.open(Path.of(data));
    universe = store.universe("all");
    engine = new FactorEngine(threads);
  }

  @Benchmark
  public Panel alpha158(Produced produced) {
    Panel panel =
        engine.compute(
            store,
            universe,
            FactorSet.alpha158(),
            store.calendar().first(),
            store.calendar().last());
    produced.rows = panel.rows();
    return panel;
  }
}
