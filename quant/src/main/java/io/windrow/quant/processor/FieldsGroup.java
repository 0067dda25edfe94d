package io.windrow.quant.processor;

import io.windrow.quant.definition.Section;
import io.windrow.quant.panel.Part;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which columns a processor works on: Qlib's {@code fields_group}. */
public enum FieldsGroup {
  FEATURE,
  LABEL,
  ALL;

  private static final List<String> NAMES = List.of("feature", "label");

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
    return of(kwargs.choice("fields_group", NAMES));
  }

  /** Reads {@code fields_group} where Qlib also takes a list of groups; every column if absent. */
  static FieldsGroup readAny(Section kwargs) {
    if (!(kwargs.raw("fields_group") instanceof List<?> groups)) {
      return read(kwargs, ALL);
    }
    if (!NAMES.containsAll(groups)
        || groups.isEmpty()
        || groups.stream().distinct().count() < groups.size()) {
      kwargs.problem(
          "fields_group",
          "must name each of " + NAMES + " once at most, not " + Section.quote(groups));
    }
    return groups.size() == 1 ? of(groups.get(0)) : ALL;
  }

  private static FieldsGroup of(@Nullable Object name) {
    return "label".equals(name) ? LABEL : FEATURE;
  }
}
