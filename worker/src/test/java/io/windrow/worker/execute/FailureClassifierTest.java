package io.windrow.worker.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.task.FailureKind;
import io.windrow.task.Outcome;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class FailureClassifierTest {
  private final FailureClassifier classifier = new FailureClassifier();

  @Test
  void what_would_fail_anywhere_is_fatal() {
    Outcome.Failed failed = classifier.classify(new NumberFormatException("step '0'"));

    assertThat(failed)
        .isEqualTo(new Outcome.Failed(FailureKind.FATAL, "NumberFormatException", "step '0'", ""));
  }

  @Test
  void accidents_are_retried_and_keep_their_trace() {
    for (Throwable accident :
        new Throwable[] {
          new IOException("no space"),
          new OutOfMemoryError("Java heap space"),
          new UnsatisfiedLinkError("lib_lightgbm"),
          new IllegalStateException("store away")
        }) {
      Outcome.Failed failed = classifier.classify(accident);

      assertThat(failed.kind()).isEqualTo(FailureKind.RETRYABLE);
      assertThat(failed.logTail()).contains(accident.getMessage()).contains("\tat ");
    }
  }

  @Test
  void texts_are_bounded_and_never_absent() {
    Outcome.Failed endless = classifier.classify(new IOException("x".repeat(100_000)));
    Outcome.Failed mute = classifier.classify(new NullPointerException());

    assertThat(endless.message()).hasSizeLessThan(2_100);
    assertThat(endless.logTail()).hasSizeLessThan(4_100);
    assertThat(mute.message()).contains("NullPointerException");
  }
}
