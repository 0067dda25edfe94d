package io.windrow.coordinator.doctor;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What came of looking at something.
 *
 * @param check what was looked at
 * @param grade {@code ok}, {@code warning} or {@code wrong}
 * @param detail what was found
 * @param advice what to do about it; null if nothing
 */
public record Check(String check, String grade, String detail, @Nullable String advice) {

  static Check ok(String check, String detail) {
    return new Check(check, "ok", detail, null);
  }

  static Check warning(String check, String detail, String advice) {
    return new Check(check, "warning", detail, advice);
  }

  static Check wrong(String check, String detail, String advice) {
    return new Check(check, "wrong", detail, advice);
  }

  /** What an error says, without the names of classes that nobody knows. */
  static String reason(Throwable error) {
    String name = error.getClass().getSimpleName();
    return name.toLowerCase(Locale.ROOT).contains("timeout")
        ? "no answer in time"
        : name
            + (error.getMessage() == null
                ? ""
                : ": " + error.getMessage().lines().findFirst().orElse(""));
  }
}
