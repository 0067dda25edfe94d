package io.windrow.store;

import io.windrow.task.BackOff;
import io.windrow.task.Isolation;
import io.windrow.task.Terms;
import java.time.Duration;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Terms as fields of a task or of one of its stages, times in milliseconds, and back. */
final class TermsDocument {
  private TermsDocument() {}

  /** Sets the fields; what is not said has none. */
  static Document put(Terms terms, Document document) {
    document.append(TaskDocument.MAX_ATTEMPTS, terms.maxAttempts());
    Document own = new Document();
    BackOff backOff = terms.backOff();
    if (backOff != null) {
      own.append(
          "backOff",
          new Document("first", backOff.first().toMillis())
              .append("max", backOff.max().toMillis())
              .append("jitter", backOff.jitter()));
    }
    Duration timeout = terms.timeout();
    if (timeout != null) {
      own.append("timeout", timeout.toMillis());
    }
    if (terms.isolation() != Isolation.NONE) {
      own.append("isolation", terms.isolation().word());
    }
    return own.isEmpty() ? document : document.append(TaskDocument.TERMS, own);
  }

  static Terms read(Document document) {
    int maxAttempts = document.getInteger(TaskDocument.MAX_ATTEMPTS);
    Document own = document.get(TaskDocument.TERMS, Document.class);
    return own == null
        ? new Terms(maxAttempts, null, null)
        : new Terms(
            maxAttempts,
            backOff(own.get("backOff", Document.class)),
            own.getLong("timeout") == null ? null : Duration.ofMillis(own.getLong("timeout")),
            Isolation.ofWord(own.get("isolation", Isolation.NONE.word())));
  }

  private static @Nullable BackOff backOff(@Nullable Document d) {
    return d == null
        ? null
        : new BackOff(
            Duration.ofMillis(d.getLong("first")),
            Duration.ofMillis(d.getLong("max")),
            d.getDouble("jitter"));
  }
}
