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
          new UnsatisfiedLinkError("lib_lightgbm"),
          new IllegalStateException("store away")
        }) {
      Outcome.Failed failed = classifier.classify(accident);

      assertThat(failed.kind()).isEqualTo(FailureKind.RETRYABLE);
      assertThat(failed.logTail()).contains(accident.getMessage()).contains("\tat ");
    }
  }

  @Test
  void no_memory_is_a_class_of_its_own_and_says_what_to_do() {
    Outcome.Failed failed = classifier.classify(new OutOfMemoryError("Java heap space"));

    assertThat(failed.kind()).isEqualTo(FailureKind.RETRYABLE);
    assertThat(failed.errorClass()).isEqualTo("OutOfMemory");
    assertThat(failed.message()).contains("Java heap space", "-Xmx", "windrow.isolation: process");
    assertThat(failed.logTail()).contains("\tat ");
  }

  @Test
  void what_is_classified_already_stays_so() {
    Outcome.Failed crash =
        new Outcome.Failed(FailureKind.RETRYABLE, "NativeCrash", "ended by SIGSEGV", "the log");

    assertThat(classifier.classify(new ClassifiedFailure(crash))).isEqualTo(crash);
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
