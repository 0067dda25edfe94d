package io.windrow.quant.record;

import io.windrow.quant.backtest.Region;
import io.windrow.quant.definition.ClassName;
import io.windrow.quant.definition.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The records by Qlib's class names. */
public final class Records {

  /** What a part is followed by that is known and checked, but left out of a run. */
  static final String LEFT_OUT = " cannot be computed yet: tasks run without this record";

  private static final List<String> CLASSES =
      List.of(
          "HFSignalRecord",
          "MultiPassPortAnaRecord",
          "PortAnaRecord",
          "SigAnaRecord",
          "SignalRecord");
  private static final int MOST_PASSES = 1000;
  private static final int MOST_LABELS = 1000;

  private Records() {}

  /** Names of the classes whose definitions can be checked. */
  public static List<String> known() {
    return CLASSES;
  }

  /**
   * Reads the list {@code record}. An empty one is for a run that only trains: its model is read by
   * another one.
   *
   * @param task the whole task
   * @param labels number of label columns
   * @param region where back-tests trade
   */
  public static List<ResultRecord> read(Section task, int labels, Region region) {
    List<ResultRecord> records = new ArrayList<>();
    for (Section section : task.sections("record")) {
      Optional<String> known = ClassName.read(section, "record", CLASSES);
      Section kwargs = section.optionalSection("kwargs");
      section.rejectOthers();
      known
          .flatMap(type -> read(type, section, kwargs, labels, region, records))
          .ifPresent(records::add);
    }
    boolean none = task.raw("record") instanceof List<?> list && list.isEmpty();
    if (!none && records.stream().noneMatch(SignalRecord.class::isInstance)) {
      task.problem(
          "record", "has no SignalRecord: without it the task leaves no predictions to collect");
    }
    return records;
  }

  private static Optional<ResultRecord> read(
      String type,
      Section section,
      Section kwargs,
      int labels,
      Region region,
      List<ResultRecord> before) {
    placeholder(kwargs, "model", "<MODEL>");
    placeholder(kwargs, "dataset", "<DATASET>");
    Optional<ResultRecord> record =
        switch (type) {
          case "SignalRecord" -> Optional.of(new SignalRecord());
          case "SigAnaRecord" -> Optional.of(sigAna(kwargs, labels));
          case "PortAnaRecord" -> portAna(kwargs, region).map(Function.identity());
          case "MultiPassPortAnaRecord" -> multiPass(kwargs, region);
          default -> {
            section.warning("class", type + LEFT_OUT);
            yield Optional.empty();
          }
        };
    kwargs.rejectOthers();
    if (!type.equals("SignalRecord") && before.stream().noneMatch(SignalRecord.class::isInstance)) {
      section.problem("class", type + " needs a SignalRecord before it");
    }
    return record;
  }

  private static Optional<PortAnaRecord> portAna(Section kwargs, Region region) {
    return PortAnaArguments.read(kwargs, region)
        .map(settings -> new PortAnaRecord(kwargs.path(), settings));
  }

  private static Optional<ResultRecord> multiPass(Section kwargs, Region region) {
    int passes = kwargs.integer("pass_num", 10, 1, MOST_PASSES);
    boolean shuffled = kwargs.flag("shuffle_init_score", true);
    return portAna(kwargs, region)
        .map(single -> new MultiPassPortAnaRecord(single, passes, shuffled));
  }

  private static ResultRecord sigAna(Section kwargs, int labels) {
    boolean longShort = kwargs.flag("ana_long_short", false);
    double periods = kwargs.amount("ann_scaler", 252);
    kwargs.flag("skip_existing", false);
    int column = kwargs.integer("label_col", 0, 0, MOST_LABELS);
    if (column >= labels) {
      kwargs.problem("label_col", "is " + column + ", but there are only " + labels + " labels");
      column = 0;
    }
    return new SigAnaRecord(column, longShort, periods);
  }

  /** The run's own model and dataset are the only ones there are. */
  static void placeholder(Section kwargs, String key, String expected) {
    Object value = kwargs.raw(key);
    if (value != null && !expected.equals(value)) {
      kwargs.problem(key, "must be " + expected + ", not " + Section.quote(value));
    }
  }
}
