package io.windrow.cli.bench;

import io.windrow.coordinator.generate.RollType;
import io.windrow.coordinator.generate.RollingGen;
import io.windrow.coordinator.generate.Segment;
import io.windrow.coordinator.generate.TaskDefinition;
import io.windrow.coordinator.generate.TaskGen;
import io.windrow.coordinator.generate.TimeAdjuster;
import io.windrow.quant.calendar.TradingCalendar;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
import org.openjdk.jmh.infra.Blackhole;

/**
 * The rolling windows of many templates, each task made and let go. One invocation is one
 * iteration.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgs = "-Xmx256m")
@Warmup(iterations = 1)
@Measurement(iterations = 3)
@State(Scope.Benchmark)
public class GenerationBenchmark {
  private static final LocalDate FIRST = LocalDate.of(2000, 1, 3);
  private static final int TRAIN_DAYS = 500;

  @Param("1000")
  public int templates;

  /** Windows of each template. */
  @Param("1000")
  public int windows;

  private List<TaskDefinition> tasks;
  private RollingGen rolling;

  /** What an invocation produced. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Produced {
    public long tasks;
  }

  @Setup
  public void templates() {
    TradingCalendar calendar =
        new TradingCalendar(
            Stream.iterate(FIRST, day -> day.plusDays(1))
                .filter(day -> day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0)
                .limit(TRAIN_DAYS + windows)
                .toList());
    tasks = IntStream.range(0, templates).mapToObj(i -> template(i, calendar)).toList();
    rolling = new RollingGen(new TimeAdjuster(calendar), calendar.last(), 1, RollType.SLIDING, 3);
  }

  @Benchmark
  public void windows(Produced produced, Blackhole blackhole) {
    long count = 0;
    Iterator<TaskDefinition> made = TaskGen.tasks(tasks, List.of(rolling)).iterator();
    while (made.hasNext()) {
      blackhole.consume(made.next());
      count++;
    }
    produced.tasks = count;
  }

  private static TaskDefinition template(int number, TradingCalendar calendar) {
    Map<String, Object> handler = new LinkedHashMap<>();
    handler.put("start_time", calendar.first());
    handler.put("end_time", calendar.last());
    handler.put("instruments", "all");
    Map<String, Segment> segments = new LinkedHashMap<>();
    segments.put("train", new Segment(calendar.day(10), calendar.day(399)));
    segments.put("valid", new Segment(calendar.day(400), calendar.day(TRAIN_DAYS - 1)));
    segments.put("test", new Segment(calendar.day(TRAIN_DAYS), null));
    return TaskDefinition.of(
            Map.of(
                "qlib_init",
                Map.of("provider_uri", "market", "region", "us"),
                "model",
                Map.of(
                    "class",
                    "LGBModel",
                    "module_path",
                    "qlib.contrib.model.gbdt",
                    "kwargs",
                    Map.of("learning_rate", 0.001 * (number + 1), "num_leaves", 210)),
                "dataset",
                Map.of(
                    "class",
                    "DatasetH",
                    "module_path",
                    "qlib.data.dataset",
                    "kwargs",
                    Map.of("handler", Map.of("class", "Alpha158", "kwargs", handler))),
                "record",
                List.of(Map.of("class", "SignalRecord"), Map.of("class", "SigAnaRecord"))))
        .withSegments(segments);
  }
}
