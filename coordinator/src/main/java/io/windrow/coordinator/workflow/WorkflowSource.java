package io.windrow.coordinator.workflow;

import java.util.Map;

/**
 * A workflow as its submitter sends it. The coordinator reads no file and no environment variable
 * because a workflow says so: all that belongs to it is here.
 *
 * @param file name of the workflow's file, for messages and as the place its base is relative to
 * @param text the file's text
 * @param bases texts of the base files that {@code BASE_CONFIG_PATH} names, by their path relative
 *     to the workflow's file
 * @param variables what {@code {{ NAME }}} stands for
 */
public record WorkflowSource(
    String file, String text, Map<String, String> bases, Map<String, String> variables) {
  static final String DEFAULT_FILE = "workflow.yaml";

  public WorkflowSource {
    bases = Map.copyOf(bases);
    variables = Map.copyOf(variables);
  }

  /** A file that needs nothing else. */
  public static WorkflowSource of(String text) {
    return new WorkflowSource(DEFAULT_FILE, text, Map.of(), Map.of());
  }
}
