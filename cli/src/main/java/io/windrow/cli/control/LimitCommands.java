package io.windrow.cli.control;

import io.windrow.cli.client.CoordinatorOption;
import io.windrow.cli.client.LimitView;
import io.windrow.cli.terminal.OutputOption;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code windrow pool pause|resume|limit} and {@code windrow queue limit}. */
public final class LimitCommands {
  private LimitCommands() {}

  private abstract static class Limited implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private CoordinatorOption coordinator;

    @Parameters(index = "0", paramLabel = "NAME", description = "Its name.")
    private String name = "";

    @Mixin private OutputOption output;

    final Integer pool(String action) {
      return print("pool", coordinator.client().pool(name, action));
    }

    final Integer limit(String kind, int maxRunning) {
      return print(kind, coordinator.client().limit(kind + "s", name, maxRunning));
    }

    private int print(String kind, LimitView view) {
      output.print(
          view,
          () ->
              List.of(
                  "%s %s: %s, %s"
                      .formatted(
                          kind,
                          view.name(),
                          view.paused() ? "paused" : "not paused",
                          view.maxRunning() == null
                              ? "no limit"
                              : "at most " + view.maxRunning() + " at once")));
      if (view.note() != null) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("windrow: " + view.note());
        err.flush();
      }
      return 0;
    }
  }

  /** {@code windrow pool pause}. */
  @Command(
      name = "pause",
      description =
          "Stops a pool: nothing starts, what runs is handed back and not charged for it.")
  public static final class Pause extends Limited {
    @Option(names = "--keep-running", description = "Let what runs come to its end.")
    private boolean keepRunning;

    Pause() {}

    @Override
    public Integer call() {
      return pool(keepRunning ? "pause?running=keep" : "pause?running=recall");
    }
  }

  /** {@code windrow pool resume}. */
  @Command(name = "resume", description = "Lets a paused pool run.")
  public static final class Resume extends Limited {
    Resume() {}

    @Override
    public Integer call() {
      return pool("resume");
    }
  }

  /** {@code windrow pool limit}. */
  @Command(name = "limit", description = "Bounds how many tasks of a pool run at once.")
  public static final class OfPool extends Limited {
    @Parameters(index = "1", paramLabel = "MOST", description = "So many; 0 for no limit.")
    private int most;

    OfPool() {}

    @Override
    public Integer call() {
      return limit("pool", most);
    }
  }

  /** {@code windrow queue limit}. */
  @Command(name = "limit", description = "Bounds how many tasks of a queue run at once.")
  public static final class OfQueue extends Limited {
    @Parameters(index = "1", paramLabel = "MOST", description = "So many; 0 for no limit.")
    private int most;

    OfQueue() {}

    @Override
    public Integer call() {
      return limit("queue", most);
    }
  }
}
