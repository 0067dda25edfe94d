package io.windrow.coordinator.api;

import io.windrow.coordinator.workflow.WorkflowSource;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A workflow with its base files and variables, as JSON.
 *
 * @param file name of the workflow's file; {@code workflow.yaml} if absent
 * @param workflow the file's text
 * @param bases texts of its base files by their path relative to the workflow's file
 * @param variables values of {@code {{ NAME }}}
 */
record WorkflowRequest(
    @Nullable String file,
    @Nullable String workflow,
    @Nullable Map<String, @Nullable String> bases,
    @Nullable Map<String, @Nullable String> variables) {
  private static final String DEFAULT_FILE = "workflow.yaml";

  WorkflowSource source() {
    if (workflow == null) {
      throw Problems.badRequest("workflow is missing: the text of the workflow's file.");
    }
    return new WorkflowSource(
        file == null ? DEFAULT_FILE : name(file),
        workflow,
        texts("bases", bases),
        texts("variables", variables));
  }

  private static String name(String file) {
    if (file.length() > 255 || !file.matches("[^/\\\\\\p{Cntrl}]+")) {
      throw Problems.badRequest("file must be the name of a file, without a folder.");
    }
    return Path.of(file).toString();
  }

  private static Map<String, String> texts(
      String what, @Nullable Map<String, @Nullable String> given) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (given != null) {
      given.forEach(
          (name, text) -> {
            if (text == null) {
              throw Problems.badRequest(what + " must map names to texts, not to null.");
            }
            texts.put(name, text);
          });
    }
    return texts;
  }
}
