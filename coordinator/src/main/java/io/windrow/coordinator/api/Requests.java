package io.windrow.coordinator.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.windrow.pool.SubmissionStore.Place;
import io.windrow.quant.definition.Nearest;
import io.windrow.quant.definition.Section;
import io.windrow.task.TaskState;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what requests carry; says what is wrong with it. */
final class Requests {
  private static final List<String> STATES =
      Arrays.stream(TaskState.values()).map(TaskState::word).toList();

  private Requests() {}

  /** A workflow's text. */
  static String text(byte[] body) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw Problems.badRequest("The workflow is not UTF-8 text.");
    }
  }

  static TaskState state(String word) {
    if (!STATES.contains(word)) {
      throw Problems.badRequest(
          "There is no state "
              + Section.quote(word)
              + Nearest.hint(word, STATES)
              + ". States are: "
              + String.join(", ", STATES)
              + ".");
    }
    return TaskState.ofWord(word);
  }

  /** Where a page of submissions begins; empty for the first. */
  static Optional<Place> place(@Nullable String cursor) {
    if (cursor == null || cursor.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Place.parse(cursor));
    } catch (IllegalArgumentException e) {
      throw Problems.badRequest(e.getMessage() + ".");
    }
  }

  static int limit(int limit, int most) {
    if (limit < 1 || limit > most) {
      throw Problems.badRequest("limit must be 1 to " + most + ", not " + limit + ".");
    }
    return limit;
  }
}
