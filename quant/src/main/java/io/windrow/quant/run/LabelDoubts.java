package io.windrow.quant.run;

import io.windrow.quant.definition.Problem;
import io.windrow.quant.definition.Problem.Severity;
import io.windrow.quant.panel.CrossSection;
import io.windrow.quant.panel.Panel;
import java.util.ArrayList;
import java.util.List;

/** Finds labels that teach nothing, or what nobody meant: models train on them all the same. */
final class LabelDoubts {

  private static final String HANDLER = "dataset.kwargs.handler.kwargs.";

  private LabelDoubts() {}

  /** Says that labels are missing, and that the others are all the same number. */
  static List<Problem> in(Panel labels) {
    long missing = 0;
    float first = Float.NaN;
    boolean equal = true;
    for (CrossSection day : labels.days()) {
      for (float value : day.values()) {
        if (Float.isNaN(value)) {
          missing++;
        } else if (Float.isNaN(first)) {
          first = value;
        } else {
          equal &= value == first;
        }
      }
    }
    List<Problem> doubts = new ArrayList<>();
    if (missing > 0) {
      doubts.add(
          new Problem(
              HANDLER + "learn_processors",
              "leave %,d of the %,d labels of the segment train missing: LGBModel takes them for 0,"
                      .formatted(missing, labels.rows())
                  + " as in Qlib, LinearModel leaves their rows out; add DropnaLabel at the end",
              Severity.DOUBT));
    }
    if (equal && !Float.isNaN(first)) {
      doubts.add(
          new Problem(
              HANDLER + "label",
              "is %s in all %d rows of the segment train: there is nothing to learn"
                  .formatted(first, labels.rows() - missing),
              Severity.DOUBT));
    }
    return doubts;
  }
}
