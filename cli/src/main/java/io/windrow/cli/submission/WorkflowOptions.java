package io.windrow.cli.submission;

import io.windrow.cli.client.WorkflowFiles;
import io.windrow.cli.terminal.UserError;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A workflow's file and what it needs from the user. */
public final class WorkflowOptions {
  @Parameters(paramLabel = "FILE", description = "The workflow.")
  private Path file;

  @Option(
      names = "--env",
      paramLabel = "NAME",
      description = "Let {{ NAME }} stand for this environment variable; may be repeated.")
  private List<String> environment = List.of();

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "Let {{ NAME }} stand for this value; may be repeated.")
  private Map<String, String> values = Map.of();

  @Option(
      names = "--base-folder",
      paramLabel = "FOLDER",
      description =
          "Also read base files (BASE_CONFIG_PATH) from here, besides the workflow's own folder.")
  private List<Path> folders = List.of();

  WorkflowOptions() {}

  /** The file, there or not. */
  Path file() {
    return file;
  }

  /** Reads the file. No variable of the environment is sent that was not named. */
  public WorkflowFiles read() {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String name : environment) {
      String value = System.getenv(name);
      if (value == null) {
        throw new UserError(
            "--env " + name + ": there is no such environment variable; export it, or use --set");
      }
      variables.put(name, value);
    }
    variables.putAll(values);
    return new WorkflowFiles(file, variables, folders);
  }
}
