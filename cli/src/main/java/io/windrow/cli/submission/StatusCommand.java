package io.windrow.cli.submission;

import io.windrow.cli.client.CoordinatorClient;
import io.windrow.cli.client.CoordinatorOption;
import io.windrow.cli.client.SubmissionView;
import io.windrow.cli.terminal.OutputOption;
import io.windrow.cli.terminal.Table;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code windrow status}: the submissions, or one of them. */
@Command(
    name = "status",
    description = "Shows the submissions, newest first, or one of them, with tasks per state.")
public final class StatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CoordinatorOption coordinator;

  @Parameters(
      paramLabel = "SUBMISSION",
      arity = "0..1",
      description = "Its id; without it, all of them.")
  private @Nullable String submission;

  @Mixin private OutputOption output;

  StatusCommand() {}

  @Override
  public Integer call() {
    CoordinatorClient client = coordinator.client();
    if (submission != null) {
      SubmissionView view = client.submission(client.submissionId(submission));
      output.print(view, () -> table(List.of(view)).lines());
      if (!output.forPrograms()) {
        PrintWriter err = spec.commandLine().getErr();
        Following following = new Following(client, Duration.ZERO);
        following.explain(view, err);
        following.warnOfUnserved(view, err);
      }
    } else {
      List<SubmissionView> views = client.submissions();
      output.print(
          views,
          () ->
              views.isEmpty()
                  ? List.of("no submissions yet: send one with 'windrow submit FILE'")
                  : table(views).lines());
    }
    return 0;
  }

  private static Table table(List<SubmissionView> views) {
    Table table =
        new Table()
            .left("submission")
            .left("experiment")
            .left("pool")
            .left("created")
            .right("tasks")
            .left("states");
    for (SubmissionView view : views) {
      table.row(
          view.submission(),
          view.experiment(),
          view.pool(),
          view.createdAt().truncatedTo(ChronoUnit.SECONDS).toString(),
          String.valueOf(view.tasks()),
          Following.counts(view)
              + (view.state().equals("inserted") ? "" : " (" + view.state() + ")"));
    }
    return table;
  }
}
