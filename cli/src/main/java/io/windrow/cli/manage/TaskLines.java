package io.windrow.cli.manage;

import io.windrow.cli.terminal.Figures;
import io.windrow.cli.terminal.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Tasks, as the coordinator tells them, in lines for people. */
final class TaskLines {
  private TaskLines() {}

  static List<String> table(List<JsonNode> tasks) {
    Table table =
        new Table()
            .left("task")
            .left("pool")
            .right("seq")
            .left("state")
            .left("model")
            .left("test")
            .right("IC");
    for (JsonNode task : tasks) {
      JsonNode ic = task.at("/result/metrics/IC");
      table.row(
          text(task, "id"),
          text(task, "pool"),
          text(task, "seq"),
          text(task, "state"),
          text(task, "model"),
          days(task.at("/segments/test")),
          ic.isNumber() ? Figures.statistic(ic.asDouble()) : "");
    }
    return table.lines();
  }

  static List<String> whole(JsonNode task) {
    List<String> lines = new ArrayList<>();
    for (String field : List.of("id", "pool", "experiment", "queue", "seq", "priority")) {
      lines.add(line(field.equals("id") ? "task" : field, text(task, field)));
    }
    String state = text(task, "state") + (task.path("paused").asBoolean() ? ", paused" : "");
    lines.add(
        line(
            "state",
            "%s, attempt %s of %s"
                .formatted(state, text(task, "attempt"), text(task, "maxAttempts"))));
    lines.add(line("model", text(task, "model")));
    task.path("segments")
        .properties()
        .forEach(e -> lines.add(line("segment", e.getKey() + " = " + days(e.getValue()))));
    for (JsonNode stage : task.path("stages")) {
      String recorder = stage.at("/result/recorder").asString("");
      boolean now = text(stage, "name").equals(text(task, "stage"));
      lines.add(
          line(
              "stage",
              "%s on queue %s%s"
                  .formatted(
                      text(stage, "name"),
                      text(stage, "queue"),
                      recorder.isEmpty() ? now ? ", it is here" : "" : ", recorder " + recorder)));
    }
    lines.add(line("worker", text(task, "worker")));
    lines.add(line("recorder", task.at("/result/recorder").asString("")));
    task.at("/result/metrics")
        .properties()
        .forEach(e -> lines.add(line("metric", e.getKey() + " = " + e.getValue())));
    for (JsonNode ended : task.path("history")) {
      lines.add(
          line(
              "attempt",
              "%s%s %s by %s, %s .. %s %s"
                  .formatted(
                      text(ended, "stage").isEmpty() ? "" : text(ended, "stage") + " ",
                      text(ended, "attempt"),
                      text(ended, "outcome"),
                      text(ended, "worker"),
                      text(ended, "startedAt"),
                      text(ended, "endedAt"),
                      text(ended, "message").lines().findFirst().orElse(""))));
    }
    return lines.stream().filter(line -> !line.isEmpty()).toList();
  }

  /** Counts by state: {@code 3 queued, 19 done}. */
  static String counts(JsonNode view) {
    String words =
        view.path("counts").properties().stream()
            .filter(entry -> entry.getValue().asLong() > 0)
            .map(entry -> Figures.count(entry.getValue().asLong()) + " " + entry.getKey())
            .collect(Collectors.joining(", "));
    return words.isEmpty() ? "no tasks" : words;
  }

  private static String line(String name, String value) {
    return value.isBlank() ? "" : "%-11s %s".formatted(name, value).stripTrailing();
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).isNull() ? "" : node.path(field).asString("");
  }

  private static String days(JsonNode segment) {
    return segment.size() < 2
        ? ""
        : segment.get(0).asString("")
            + " .. "
            + (segment.get(1).isNull() ? "open" : segment.get(1).asString(""));
  }
}
