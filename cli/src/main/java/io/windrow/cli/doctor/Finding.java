package io.windrow.cli.doctor;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What came of a check.
 *
 * @param check what was looked at
 * @param grade how it is
 * @param detail what was found
 * @param advice what to do about it; null if nothing
 */
record Finding(String check, Grade grade, String detail, @Nullable String advice) {

  /** How it is. */
  enum Grade {
    OK,
    /** Things work, but not as well as they might, or not for long. */
    WARNING,
    WRONG;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Finding ok(String check, String detail) {
    return new Finding(check, Grade.OK, detail, null);
  }

  /** One of the coordinator's. */
  static Finding of(JsonNode told) {
    String grade = told.path("grade").asString("wrong");
    return new Finding(
        told.path("check").asString("?"),
        Grade.valueOf(grade.toUpperCase(Locale.ROOT)),
        told.path("detail").asString(""),
        told.path("advice").isString() ? told.path("advice").asString() : null);
  }
}
