package io.windrow.cli.fault;

import io.windrow.quant.arrow.ArrowTables;
import io.windrow.quant.arrow.ScoreTable;
import io.windrow.quant.evaluate.ScoreSeries;
import io.windrow.quant.run.Cancellation;
import io.windrow.quant.run.RunRecorder;
import io.windrow.worker.execute.NoopExecutor;
import io.windrow.worker.execute.TaskExecutor;
import io.windrow.worker.execute.Work;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** Sleeps as the task says, and leaves predictions of its window's first day to be collected. */
final class WindowExecutor implements TaskExecutor {
  private final NoopExecutor noop = new NoopExecutor();

  @Override
  public String name() {
    return noop.name();
  }

  @Override
  public boolean accepts(Map<String, Object> definition) {
    return noop.accepts(definition);
  }

  @Override
  public Map<String, Double> execute(Work work, RunRecorder recorder, Cancellation cancellation)
      throws IOException {
    Map<String, Double> metrics = noop.execute(work, recorder, cancellation);
    LocalDate day = firstDay(work.definition());
    ScoreSeries scores = ScoreSeries.builder().add(day, "A", 1).add(day, "B", 2).build();
    recorder.artifact("pred.arrow", ArrowTables.write(new ScoreTable("score", scores)));
    recorder.artifact("label.arrow", ArrowTables.write(new ScoreTable("LABEL0", scores)));
    return metrics;
  }

  private static LocalDate firstDay(Map<String, Object> definition) {
    Object at = definition;
    for (String key : List.of("dataset", "kwargs", "segments", "test")) {
      at = ((Map<?, ?>) at).get(key);
    }
    return LocalDate.parse(String.valueOf(((List<?>) at).get(0)));
  }
}
