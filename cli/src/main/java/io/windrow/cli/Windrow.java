package io.windrow.cli;

import io.windrow.cli.chaos.ChaosCommand;
import io.windrow.cli.checking.CheckDataCommand;
import io.windrow.cli.cluster.UpCommand;
import io.windrow.cli.collection.CollectCommand;
import io.windrow.cli.context.ConfigCommand;
import io.windrow.cli.control.PoolCommand;
import io.windrow.cli.control.QueueCommand;
import io.windrow.cli.control.TaskCommand;
import io.windrow.cli.demo.DemoCommand;
import io.windrow.cli.doctor.DoctorCommand;
import io.windrow.cli.experiment.ExperimentCommand;
import io.windrow.cli.experiment.RecorderCommand;
import io.windrow.cli.importing.ImportCsvCommand;
import io.windrow.cli.manage.DeadLetterCommand;
import io.windrow.cli.manage.TokenCommand;
import io.windrow.cli.role.CollectorCommand;
import io.windrow.cli.role.CoordinatorCommand;
import io.windrow.cli.role.ServicesCommand;
import io.windrow.cli.role.WorkerCommand;
import io.windrow.cli.submission.DiffCommand;
import io.windrow.cli.submission.GenerateCommand;
import io.windrow.cli.submission.StatusCommand;
import io.windrow.cli.submission.SubmitCommand;
import io.windrow.cli.submission.ValidateCommand;
import io.windrow.cli.submission.WaitCommand;
import io.windrow.cli.terminal.Lifeline;
import io.windrow.cli.terminal.Logging;
import io.windrow.cli.terminal.UserError;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code windrow} command. Exit codes: 0 done, 1 failed, 2 wrong usage. */
@Command(
    name = "windrow",
    description = "Runs rolling research tasks: a Qlib workflow in, one prediction series out.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      ImportCsvCommand.class,
      CheckDataCommand.class,
      GenerateCommand.class,
      ValidateCommand.class,
      DiffCommand.class,
      SubmitCommand.class,
      StatusCommand.class,
      WaitCommand.class,
      CollectCommand.class,
      TaskCommand.class,
      PoolCommand.class,
      QueueCommand.class,
      DeadLetterCommand.class,
      ExperimentCommand.class,
      RecorderCommand.class,
      TokenCommand.class,
      CoordinatorCommand.class,
      WorkerCommand.class,
      CollectorCommand.class,
      ServicesCommand.class,
      ConfigCommand.class,
      DoctorCommand.class,
      CompletionCommand.class,
      ExpressionCommand.class,
      BenchCommand.class,
      ChaosCommand.class,
      HelpCommand.class
    },
    mixinStandardHelpOptions = true,
    versionProvider = Windrow.Version.class,
    scope = ScopeType.INHERIT,
    usageHelpAutoWidth = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed: a task, a service, a file",
      "2:wrong usage: an option or argument"
    })
public final class Windrow {
  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "More log lines on standard error, and stack traces of unexpected errors.")
  private boolean verbose;

  @SuppressWarnings("UnusedVariable") // CurrentContext asks picocli for it
  @Option(
      names = "--context",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description =
          "The cluster to talk to, as 'windrow config' names it (WINDROW_CONTEXT; default: the"
              + " current one).")
  private @Nullable String context;

  @SuppressWarnings("UnusedVariable") // CurrentContext asks picocli for it
  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description =
          "The file of contexts (WINDROW_CONFIG; default: windrow/config.yaml in the user's folder"
              + " for configuration).")
  private @Nullable Path config;

  Windrow() {}

  /** Runs the command and ends the JVM with its exit code. */
  public static void main(String... args) {
    Lifeline.attach();
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    Windrow root = new Windrow();
    CommandLine command = new CommandLine(root).setCaseInsensitiveEnumValuesAllowed(true);
    command.setExecutionStrategy(parsed -> root.execute(parsed));
    command.setExecutionExceptionHandler(root::report);
    command.setParameterExceptionHandler(Windrow::reportUsage);
    return command;
  }

  private int execute(ParseResult parsed) {
    Logging.configure(verbose);
    if (!parsed.hasSubcommand()
        && !parsed.isUsageHelpRequested()
        && !parsed.isVersionHelpRequested()) {
      CommandLine command = parsed.commandSpec().commandLine();
      command.usage(command.getErr());
      return CommandLine.ExitCode.USAGE;
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private static int reportUsage(ParameterException error, String[] args) {
    CommandLine command = error.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("windrow: " + error.getMessage());
    if (!UnmatchedArgumentException.printSuggestions(error, err)) {
      err.println("windrow: see " + command.getCommandSpec().qualifiedName() + " --help");
    }
    err.flush();
    return CommandLine.ExitCode.USAGE;
  }

  private int report(Exception error, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (error instanceof UserError known) {
      known.lines().forEach(line -> err.println("windrow: " + line));
    } else {
      err.println("windrow: unexpected error: " + error);
      if (verbose) {
        error.printStackTrace(err);
      } else {
        err.println("windrow: the same command with --verbose shows where it comes from");
      }
    }
    err.flush();
    return error instanceof UserError known && known.isUsage()
        ? CommandLine.ExitCode.USAGE
        : CommandLine.ExitCode.SOFTWARE;
  }

  /** The version from the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Windrow.class.getPackage().getImplementationVersion();
      return new String[] {
        "windrow " + (version == null ? "(not packaged)" : version),
        "java ${java.version} (${java.vendor})"
      };
    }
  }
}
