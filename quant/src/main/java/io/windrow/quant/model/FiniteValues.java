package io.windrow.quant.model;

import io.windrow.quant.definition.DefinitionException;
import io.windrow.quant.panel.CrossSection;
import io.windrow.quant.panel.FeatureLabelPanel;
import io.windrow.quant.panel.Panel;

/**
 * Says where values are that a library refuses in words of its own.
 *
 * <p>Only the labels are looked at before a training; a look at all features would cost as much as
 * handing them over, so they are searched when a library has refused them.
 */
final class FiniteValues {

  private static final String PLACE = "dataset.kwargs.handler.kwargs.";

  private FiniteValues() {}

  /**
   * Nothing if every label is a finite number.
   *
   * @param segment of the panel, for errors
   * @param library that refuses them, for errors
   * @throws DefinitionException with the number of the others, the first one's day and instrument
   */
  static void requireLabels(FeatureLabelPanel panel, String segment, String library) {
    requireFiniteLabels(panel, segment, library, true);
  }

  /**
   * Nothing if some labels are there and none is infinite; the others may be missing.
   *
   * @throws DefinitionException as {@link #requireLabels}
   */
  static void requireSomeLabels(FeatureLabelPanel panel, String segment, String library) {
    for (CrossSection day : panel.labels().days()) {
      for (float label : day.values()) {
        if (!Float.isNaN(label)) {
          requireFiniteLabels(panel, segment, library, false);
          return;
        }
      }
    }
    requireLabels(panel, segment, library);
  }

  private static void requireFiniteLabels(
      FeatureLabelPanel panel, String segment, String library, boolean missingToo) {
    refuse(
        panel.labels(),
        PLACE + "learn_processors",
        library + " needs finite labels: in the segment " + segment,
        "add the processor DropnaLabel, or ProcessInf before it if they are infinite",
        missingToo);
  }

  /**
   * Nothing if no value is infinite; missing ones may be there.
   *
   * @throws DefinitionException as {@link #requireLabels}
   */
  static void requireNoneInfinite(Panel panel, String library) {
    refuse(
        panel,
        PLACE + "infer_processors",
        library + " needs values that are not infinite:",
        "add the processor ProcessInf",
        false);
  }

  private static void refuse(
      Panel panel, String where, String what, String remedy, boolean missingToo) {
    long count = 0;
    String first = "";
    int columns = panel.columns().size();
    for (CrossSection day : panel.days()) {
      for (int i = 0; i < day.rows() * columns; i++) {
        float value = day.values()[i];
        if (Float.isInfinite(value) || (missingToo && Float.isNaN(value))) {
          if (count++ == 0) {
            first =
                "%s of %s on %s is %s"
                    .formatted(
                        panel.columns().get(i % columns),
                        panel.symbols().get(day.instruments()[i / columns]),
                        day.date(),
                        value);
          }
        }
      }
    }
    if (count > 0) {
      throw new DefinitionException(
          where,
          "%s %,d of %,d are not, the first: %s; %s"
              .formatted(what, count, panel.rows() * columns, first, remedy));
    }
  }
}
