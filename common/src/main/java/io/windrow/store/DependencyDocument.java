package io.windrow.store;

import io.windrow.task.Dependency;
import java.util.List;
import java.util.Locale;
import org.bson.Document;

/** What a task waits for as a list of documents, and back. */
final class DependencyDocument {
  private DependencyDocument() {}

  static List<Document> of(List<Dependency> dependsOn) {
    return dependsOn.stream()
        .map(
            each ->
                new Document("task", each.task())
                    .append("on", each.on().word())
                    .append("when", each.when()))
        .toList();
  }

  static List<Dependency> read(Document task) {
    return task.getList(TaskDocument.DEPENDS_ON, Document.class, List.of()).stream()
        .map(
            d ->
                new Dependency(
                    d.getString("task"),
                    Dependency.On.valueOf(d.getString("on").toUpperCase(Locale.ROOT)),
                    d.getString("when")))
        .toList();
  }
}
