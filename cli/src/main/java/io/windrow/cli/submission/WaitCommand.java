package io.windrow.cli.submission;

import io.windrow.cli.client.CoordinatorClient;
import io.windrow.cli.client.CoordinatorOption;
import io.windrow.cli.terminal.OutputOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code windrow wait}: returns when a submission has ended. */
@Command(
    name = "wait",
    description = "Waits until every task of a submission has its outcome; fails if one failed.")
public final class WaitCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CoordinatorOption coordinator;
  @Mixin private FollowOptions follow;

  @Parameters(paramLabel = "SUBMISSION", description = "Its id, as 'submit' printed it.")
  private String submission;

  @Mixin private OutputOption output;

  WaitCommand() {}

  @Override
  public Integer call() {
    CoordinatorClient client = coordinator.client();
    return follow.follow(client, client.submissionId(submission), spec, output);
  }
}
