package io.windrow.quant.record;

import io.windrow.quant.definition.ClassName;
import io.windrow.quant.definition.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The records by Qlib's class names. */
public final class Records {

  private static final List<String> CLASSES = List.of("SigAnaRecord", "SignalRecord");
  private static final List<String> LATER =
      List.of("HFSignalRecord", "MultiPassPortAnaRecord", "PortAnaRecord");
  private static final int MOST_LABELS = 1000;

  private Records() {}

  /** Names of the classes that may be used. */
  public static List<String> known() {
    return CLASSES;
  }

  /**
   * Reads the list {@code record}.
   *
   * @param task the whole task
   * @param labels number of label columns
   */
  public static List<ResultRecord> read(Section task, int labels) {
    List<ResultRecord> records = new ArrayList<>();
    for (Section section : task.sections("record")) {
      String asked = String.valueOf(section.raw("class"));
      String name = asked.substring(asked.lastIndexOf('.') + 1);
      if (LATER.contains(name)) {
        section.problem(
            "class", "the record " + name + " is not available yet: remove it from the list");
        continue;
      }
      Optional<String> known = ClassName.read(section, "record", CLASSES);
      Section kwargs = section.optionalSection("kwargs");
      section.rejectOthers();
      known.ifPresent(type -> records.add(read(type, section, kwargs, labels, records)));
    }
    if (records.stream().noneMatch(SignalRecord.class::isInstance)) {
      task.problem(
          "record", "has no SignalRecord: without it the task leaves no predictions to collect");
    }
    return records;
  }

  private static ResultRecord read(
      String type, Section section, Section kwargs, int labels, List<ResultRecord> before) {
    placeholder(kwargs, "model", "<MODEL>");
    placeholder(kwargs, "dataset", "<DATASET>");
    ResultRecord record = type.equals("SignalRecord") ? new SignalRecord() : sigAna(kwargs, labels);
    kwargs.rejectOthers();
    if (record instanceof SigAnaRecord
        && before.stream().noneMatch(SignalRecord.class::isInstance)) {
      section.problem("class", "SigAnaRecord needs a SignalRecord before it");
    }
    return record;
  }

  private static ResultRecord sigAna(Section kwargs, int labels) {
    if (kwargs.flag("ana_long_short", false)) {
      kwargs.problem("ana_long_short", "is not available yet: set it to false");
    }
    kwargs.number("ann_scaler", 252);
    kwargs.flag("skip_existing", false);
    int column = kwargs.integer("label_col", 0, 0, MOST_LABELS);
    if (column >= labels) {
      kwargs.problem("label_col", "is " + column + ", but there are only " + labels + " labels");
      column = 0;
    }
    return new SigAnaRecord(column);
  }

  /** The run's own model and dataset are the only ones there are. */
  private static void placeholder(Section kwargs, String key, String expected) {
    Object value = kwargs.raw(key);
    if (value != null && !expected.equals(value)) {
      kwargs.problem(key, "must be " + expected + ", not " + Section.quote(value));
    }
  }
}
