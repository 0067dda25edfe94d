package io.windrow.store;

import io.windrow.task.BackOff;
import io.windrow.task.Dependency;
import io.windrow.task.Terms;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** A task's terms as a document, times in milliseconds, and back. */
final class TermsDocument {
  private TermsDocument() {}

  static Document of(Terms terms) {
    Document document = new Document();
    BackOff backOff = terms.backOff();
    if (backOff != null) {
      document.append(
          "backOff",
          new Document("first", backOff.first().toMillis())
              .append("max", backOff.max().toMillis())
              .append("jitter", backOff.jitter()));
    }
    Duration timeout = terms.timeout();
    if (timeout != null) {
      document.append("timeout", timeout.toMillis());
    }
    if (!terms.dependsOn().isEmpty()) {
      document.append(
          TaskDocument.DEPENDS_ON, terms.dependsOn().stream().map(TermsDocument::of).toList());
    }
    return document;
  }

  private static Document of(Dependency dependency) {
    return new Document("task", dependency.task())
        .append("on", dependency.on().word())
        .append("when", dependency.when());
  }

  private static Dependency dependency(Document d) {
    return new Dependency(
        d.getString("task"),
        Dependency.On.valueOf(d.getString("on").toUpperCase(Locale.ROOT)),
        d.getString("when"));
  }

  static Terms read(@Nullable Document d) {
    if (d == null) {
      return Terms.DEFAULT;
    }
    Document backOff = d.get("backOff", Document.class);
    Long timeout = d.getLong("timeout");
    return new Terms(
        backOff == null
            ? null
            : new BackOff(
                Duration.ofMillis(backOff.getLong("first")),
                Duration.ofMillis(backOff.getLong("max")),
                backOff.getDouble("jitter")),
        timeout == null ? null : Duration.ofMillis(timeout),
        d.getList(TaskDocument.DEPENDS_ON, Document.class, List.of()).stream()
            .map(TermsDocument::dependency)
            .toList());
  }
}
