package io.windrow.collector.collect;

import io.windrow.quant.definition.DateRange;
import io.windrow.quant.record.SeriesBacktest;
import io.windrow.task.Task;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a task's definition says about its window. Lenient: a part the definition lacks is null, as
 * not every executor needs it.
 *
 * @param task id of the task
 * @param order its place in its submission, from 0
 * @param model the model's class as the definition names it; {@code ?} if it names none
 * @param train the training segment, or null
 * @param valid the validation segment, or null
 * @param test the segment the predictions are for, or null
 * @param predicts whether its records promise predictions, that is, include a SignalRecord
 * @param backtest the definition whose records ask for a back-test, or null
 * @param definition the task's definition, of which keys are made
 */
public record WindowPlan(
    String task,
    int order,
    String model,
    @Nullable DateRange train,
    @Nullable DateRange valid,
    @Nullable DateRange test,
    boolean predicts,
    @Nullable Map<String, Object> backtest,
    Map<String, Object> definition) {

  private static final String NO_MODEL = "?";
  private static final String SIGNAL_RECORD = "SignalRecord";

  static WindowPlan of(Task task, int order) {
    Map<String, Object> definition = task.definition();
    return new WindowPlan(
        task.id(),
        order,
        at(definition, "model", "class") instanceof String model ? model : NO_MODEL,
        range(at(definition, "dataset", "kwargs", "segments", "train")),
        range(at(definition, "dataset", "kwargs", "segments", "valid")),
        range(at(definition, "dataset", "kwargs", "segments", "test")),
        predicts(task),
        backtest(task),
        definition);
  }

  /** Whichever of its stages does: its last recorder leads to the artifacts of all. */
  private static boolean predicts(Task task) {
    return task.asked().stages().stream()
        .anyMatch(stage -> predicts(stage.definition(task.definition()).get("record")));
  }

  /** Whichever of its stages asks, as it is with predictions. */
  private static @Nullable Map<String, Object> backtest(Task task) {
    return task.asked().stages().stream()
        .map(stage -> stage.definition(task.definition()))
        .filter(SeriesBacktest::isAskedFor)
        .findFirst()
        .orElse(null);
  }

  private static boolean predicts(@Nullable Object record) {
    if (record instanceof List<?> list) {
      return list.stream().anyMatch(WindowPlan::predicts);
    }
    return record instanceof Map<?, ?> map
        && map.get("class") instanceof String name
        && name.substring(name.lastIndexOf('.') + 1).equals(SIGNAL_RECORD);
  }

  private static @Nullable Object at(@Nullable Object value, String... path) {
    for (String key : path) {
      value = value instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return value;
  }

  private static @Nullable DateRange range(@Nullable Object segment) {
    return segment instanceof List<?> ends && ends.size() == 2
        ? new DateRange(date(ends.get(0)), date(ends.get(1)))
        : null;
  }

  private static @Nullable LocalDate date(@Nullable Object end) {
    try {
      return end instanceof String text ? LocalDate.parse(text) : null;
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
