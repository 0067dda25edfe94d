package io.windrow.worker.execute;

import com.mongodb.MongoException;
import io.windrow.quant.data.DataException;
import io.windrow.quant.definition.DefinitionException;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.KafkaException;

/** What attempts fail of: the {@code cause} tag of {@code windrow.task.failures}. */
enum FailureCause {
  /** The definition makes no sense, or the command refused the task. */
  DEFINITION,
  /** Market data or an artifact cannot be used. */
  DATA,
  /** Not enough memory. */
  MEMORY,
  /** A process was ended by a signal, or ended without a result. */
  CRASH,
  /** The attempt took longer than the task's terms allow. */
  TIMEOUT,
  /** A command ended with an error, or broke its own limits. */
  COMMAND,
  /** The store or the broker did not answer. */
  STORE,
  OTHER;

  /** The error of another process is known by the name of its class alone. */
  private static final Map<String, FailureCause> BY_NAME =
      Map.of(
          "DefinitionException",
          DEFINITION,
          "IllegalArgumentException",
          DEFINITION,
          "ExpressionException",
          DEFINITION,
          "CommandRefused",
          DEFINITION,
          "DataException",
          DATA,
          FailureClassifier.OUT_OF_MEMORY,
          MEMORY,
          FailureClassifier.NATIVE_CRASH,
          CRASH,
          FailureClassifier.PROCESS_ENDED,
          CRASH,
          FailureClassifier.TIMED_OUT,
          TIMEOUT,
          "CommandFailed",
          COMMAND);

  /**
   * The cause of a failure.
   *
   * @param errorClass as it is recorded
   */
  static FailureCause of(Throwable error, String errorClass) {
    FailureCause named = BY_NAME.get(errorClass);
    if (named != null) {
      return named;
    }
    if (error instanceof DataException) {
      return DATA;
    }
    if (error instanceof DefinitionException || error instanceof IllegalArgumentException) {
      return DEFINITION;
    }
    return error instanceof MongoException || error instanceof KafkaException ? STORE : OTHER;
  }

  /** The tag's value. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
