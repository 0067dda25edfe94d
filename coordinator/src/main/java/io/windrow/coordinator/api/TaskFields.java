package io.windrow.coordinator.api;

import io.windrow.quant.definition.Nearest;
import io.windrow.task.Task;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The fields of a task that a request asks for. */
@Component
final class TaskFields {
  private static final String DEFINITION = "definition";
  private static final List<String> KNOWN =
      Stream.concat(
              Arrays.stream(TaskView.class.getRecordComponents()).map(c -> c.getName()),
              Stream.of(DEFINITION))
          .toList();

  private final JsonMapper json;

  TaskFields(JsonMapper json) {
    this.json = json;
  }

  /** The fields, if all of them are known; an empty list is all but the definition. */
  List<String> check(List<String> fields) {
    for (String field : fields) {
      if (!KNOWN.contains(field)) {
        throw Problems.badRequest(
            "A task has no field '"
                + field
                + "'"
                + Nearest.hint(field, KNOWN)
                + ". Fields are: "
                + String.join(", ", KNOWN)
                + ".");
      }
    }
    return fields;
  }

  JsonNode of(Task task, List<String> fields) {
    ObjectNode view = json.valueToTree(TaskView.of(task));
    if (fields.isEmpty()) {
      return view;
    }
    if (fields.contains(DEFINITION)) {
      view.set(DEFINITION, json.valueToTree(task.definition()));
    }
    return view.retain(fields);
  }
}
