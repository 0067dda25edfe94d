package io.windrow.coordinator.api;

import io.windrow.quant.definition.Nearest;
import io.windrow.task.Task;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The fields of a task that a request asks for. */
@Component
final class TaskFields {
  private static final String DEFINITION = "definition";
  private static final List<RecordComponent> VIEWED = List.of(TaskView.class.getRecordComponents());
  private static final List<String> KNOWN =
      Stream.concat(VIEWED.stream().map(RecordComponent::getName), Stream.of(DEFINITION)).toList();

  TaskFields() {}

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

  /** Whether the definition is among them. */
  boolean needDefinition(List<String> fields) {
    return fields.contains(DEFINITION);
  }

  /** What is written as JSON, in the order in which a task is always told. */
  Object of(Task task, List<String> fields) {
    TaskView view = TaskView.of(task);
    if (fields.isEmpty()) {
      return view;
    }
    Map<String, @Nullable Object> told = new LinkedHashMap<>();
    for (RecordComponent component : VIEWED) {
      if (fields.contains(component.getName())) {
        told.put(component.getName(), value(view, component));
      }
    }
    if (needDefinition(fields)) {
      told.put(DEFINITION, task.definition());
    }
    return told;
  }

  private static @Nullable Object value(TaskView view, RecordComponent component) {
    try {
      return component.getAccessor().invoke(view);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
