package io.windrow.store;

import io.windrow.task.Stage;
import java.util.List;
import org.bson.Document;

/** The stages of a task as a list of documents, and back. A task that declares none has no list. */
final class StageDocument {
  static final String NAME = "name";
  private static final String CHANGE = "task";

  private StageDocument() {}

  static List<Document> of(List<Stage> stages) {
    return stages.stream()
        .map(
            stage ->
                TermsDocument.put(
                    stage.terms(),
                    new Document(NAME, stage.name())
                        .append(TaskDocument.QUEUE, stage.queue())
                        .append(CHANGE, FieldNames.encode(stage.change()))))
        .toList();
  }

  static List<Stage> read(Document task) {
    List<Document> declared = task.getList(TaskDocument.STAGES, Document.class);
    return declared == null
        ? List.of(Stage.only(task.getString(TaskDocument.QUEUE), TermsDocument.read(task)))
        : declared.stream()
            .map(
                d ->
                    new Stage(
                        d.getString(NAME),
                        FieldNames.decode(d.get(CHANGE, Document.class)),
                        d.getString(TaskDocument.QUEUE),
                        TermsDocument.read(d)))
            .toList();
  }
}
