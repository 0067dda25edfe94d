package io.windrow.quant.run;

import io.windrow.quant.definition.Problem;
import io.windrow.quant.definition.Problem.Severity;
import io.windrow.quant.panel.CrossSection;
import io.windrow.quant.panel.Panel;
import java.util.Optional;

/** Finds labels that teach nothing: models train on them, and nobody notices. */
final class ConstantLabel {

  private ConstantLabel() {}

  /** Says that all labels are the same number; missing ones do not count. */
  static Optional<Problem> in(Panel labels) {
    float constant = Float.NaN;
    for (CrossSection day : labels.days()) {
      for (float value : day.values()) {
        if (Float.isNaN(constant)) {
          constant = value;
        } else if (value != constant && !Float.isNaN(value)) {
          return Optional.empty();
        }
      }
    }
    return Float.isNaN(constant)
        ? Optional.empty()
        : Optional.of(
            new Problem(
                "dataset.kwargs.handler.kwargs.label",
                "is %s in all %d rows of the segment train: there is nothing to learn"
                    .formatted(constant, labels.rows()),
                Severity.DOUBT));
  }
}
