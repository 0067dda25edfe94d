package io.windrow.cli.submission;

import io.windrow.cli.client.Accepted;
import io.windrow.cli.client.CoordinatorClient;
import io.windrow.cli.client.CoordinatorOption;
import io.windrow.cli.terminal.Json;
import io.windrow.cli.terminal.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code windrow submit}: sends a workflow. */
@Command(
    name = "submit",
    description = {
      "Sends a workflow (Qlib's YAML) to the coordinator, which makes its tasks.",
      "The same workflow sent twice adds nothing."
    })
public final class SubmitCommand implements Callable<Integer> {
  private static final long MAX_BYTES = 1 << 20;

  @Spec private CommandSpec spec;
  @Mixin private CoordinatorOption coordinator;
  @Mixin private FollowOptions follow;

  @Parameters(paramLabel = "FILE", description = "The workflow.")
  private Path file;

  @Option(names = "--wait", description = "Wait until every task has its outcome.")
  private boolean wait;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  SubmitCommand() {}

  @Override
  public Integer call() {
    CoordinatorClient client = coordinator.client();
    Accepted accepted = client.submit(read(file));
    PrintWriter out = spec.commandLine().getOut();
    if (json && !wait) {
      Json.print(out, accepted);
    } else if (!json) {
      out.printf(
          "submission %s: %d %s, %d new (pool %s, experiment %s, queue %s, data to %s)%n",
          accepted.submission(),
          accepted.tasks(),
          accepted.tasks() == 1 ? "task" : "tasks",
          accepted.inserted(),
          accepted.pool(),
          accepted.experiment(),
          accepted.queue(),
          accepted.calendarEnd());
    }
    out.flush();
    return wait ? follow.follow(client, accepted.submission(), spec, json) : 0;
  }

  private static String read(Path file) {
    if (Files.isDirectory(file)) {
      throw new UserError(file + " is a folder: name the workflow's file");
    }
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new UserError(file + " is larger than 1 MiB: this is hardly a workflow");
      }
      String text = Files.readString(file);
      if (text.isBlank()) {
        throw new UserError(file + " is empty: it should hold a workflow");
      }
      return text;
    } catch (NoSuchFileException e) {
      throw new UserError("no file " + file);
    } catch (CharacterCodingException e) {
      throw new UserError(file + " is not UTF-8 text");
    } catch (IOException e) {
      throw new UserError("cannot read " + file + ": " + e.getMessage());
    }
  }
}
