package io.windrow.quant.processor;

import io.windrow.quant.definition.Section;
import io.windrow.quant.panel.Part;
import java.util.List;

/** Which columns a processor works on: Qlib's {@code fields_group}. */
public enum FieldsGroup {
  FEATURE,
  LABEL,
  ALL;

  List<Part> parts() {
    return switch (this) {
      case FEATURE -> List.of(Part.FEATURE);
      case LABEL -> List.of(Part.LABEL);
      case ALL -> List.of(Part.FEATURE, Part.LABEL);
    };
  }

  /** Reads {@code fields_group}: "feature", "label", or null for every column. */
  static FieldsGroup read(Section kwargs, FieldsGroup absent) {
    if (!kwargs.has("fields_group")) {
      return kwargs.keys().contains("fields_group") ? ALL : absent;
    }
    String group = kwargs.choice("fields_group", List.of("feature", "label"));
    return group.equals("label") ? LABEL : FEATURE;
  }
}
