package io.windrow.task;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task's identity: the SHA-256 of its canonical JSON. The same workflow gives the same ids on
 * every machine, so that submitting twice inserts nothing.
 */
public final class TaskId {
  private TaskId() {}

  /**
   * Hex SHA-256 of pool, experiment, definition, for an open-ended task the calendar's end, and of
   * the names and changes of stages that are declared.
   */
  public static String of(
      String pool,
      String experiment,
      Map<String, Object> definition,
      @Nullable LocalDate calendarEnd,
      List<Stage> stages) {
    Map<String, Object> identity = new LinkedHashMap<>();
    identity.put("pool", pool);
    identity.put("experiment", experiment);
    identity.put("definition", definition);
    if (calendarEnd != null) {
      identity.put("calendarEnd", calendarEnd);
    }
    if (!stages.isEmpty() && !stages.get(0).isOnly()) {
      identity.put(
          "stages",
          stages.stream()
              .map(stage -> Map.of("name", stage.name(), "task", stage.change()))
              .toList());
    }
    return hash(CanonicalJson.write(identity));
  }

  /** Hex SHA-256 of a text's UTF-8 bytes. */
  public static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
