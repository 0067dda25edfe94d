package io.windrow.cli.bench;

import io.windrow.quant.data.DataStore;
import io.windrow.quant.data.Universe;
import io.windrow.quant.factor.FactorEngine;
import io.windrow.quant.panel.Panel;
import java.nio.file.Path;
import java.util.List;
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
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A factor set over instruments of market {@code all} and days of a data folder, from opening the
 * folder to the finished panel. Nothing is kept from one invocation, which is one iteration, to the
 * next but what the system has of the files.
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

  @Param("ALPHA158")
  public FactorChoice factors;

  @Param("2")
  public int threads;

  /** The first of the market; 0 means all. */
  @Param("0")
  public int instruments;

  /** The last of the calendar; 0 means all. */
  @Param("0")
  public int days;

  /** What an invocation produced. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Produced {
    public long rows;
  }

  @Benchmark
  public Panel factors(Produced produced) {
    DataStore store = DataStore.open(Path.of(data));
    List<Universe.Member> members = store.universe("all").members();
    int size = store.calendar().size();
    Panel panel =
        new FactorEngine(threads)
            .compute(
                store,
                new Universe(members.subList(0, instruments == 0 ? members.size() : instruments)),
                factors.set(),
                store.calendar().day(days == 0 ? 0 : size - days),
                store.calendar().last());
    produced.rows = panel.rows();
    return panel;
  }
}
