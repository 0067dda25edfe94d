package io.windrow.coordinator.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The workflow file of the tests, and changed copies of it. */
public final class WorkflowText {
  private WorkflowText() {}

  /** A file in the shape of Qlib's own LightGBM example. */
  public static String valid() {
    try (InputStream in =
        requireNonNull(
            WorkflowText.class.getResourceAsStream("/workflow/lightgbm-alpha158.yaml"))) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The file with one text replaced.
   *
   * @throws IllegalArgumentException if the text is not there: a test would test nothing
   */
  public static String with(String text, String replacement) {
    return replace(valid(), text, replacement);
  }

  /** The same on any file. */
  public static String replace(String file, String text, String replacement) {
    if (!file.contains(text)) {
      throw new IllegalArgumentException("the workflow does not contain: " + text);
    }
    return file.replace(text, replacement);
  }

  /** Line of the first occurrence, from 1. */
  public static int line(String file, String text) {
    return (int) file.substring(0, file.indexOf(text)).chars().filter(c -> c == '\n').count() + 1;
  }
}
