package io.windrow.coordinator.workflow;

import io.windrow.quant.definition.Problem;
import io.windrow.quant.definition.Section;
import io.windrow.quant.reference.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A task for a command of the workers' configuration: {@code process: {command: NAME}} beside
 * Qlib's keys. Model, handler and whatever else are the command's own business; what Windrow needs
 * to make windows and to collect them is checked here. Which commands there are, only the workers
 * know: they fail a task whose command they lack.
 */
final class ProcessTask {
  /** Its key in the task. */
  static final String KEY = "process";

  private static final String COMMAND = "command";
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  private ProcessTask() {}

  static boolean isOne(Map<String, ?> definition) {
    return definition.get(KEY) != null;
  }

  /** Every problem of such a definition. */
  static List<Problem> check(Map<String, ?> definition) {
    List<Problem> problems = new ArrayList<>();
    Reference.refuse(definition, problems);
    Section task = Section.root(definition, problems);
    Section process = task.section(KEY);
    String command = process.text(COMMAND).orElse("");
    if (!NAME.matcher(command).matches()) {
      process.problem(
          COMMAND,
          "must be the name of a command that the workers declare (1 to 63 of a-z 0-9 -), not "
              + Section.quote(process.raw(COMMAND)));
    }
    process.rejectOthers();
    if (task.has("noop")) {
      task.problem("noop", "cannot stand beside '" + KEY + "': remove one of them");
    }
    Section segments = task.section("dataset").section("kwargs").section("segments");
    if (!segments.has("test")) {
      segments.problem("test", "is missing: the days that the task predicts, [first, last]");
    }
    segments.keys().forEach(segments::range);
    return problems;
  }
}
