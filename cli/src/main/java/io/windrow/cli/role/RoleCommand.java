package io.windrow.cli.role;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * A role as a process. What every role needs to know: where the store and the broker are, and its
 * own port. Any other setting of the role is passed through.
 */
abstract class RoleCommand implements Callable<Integer> {
  private static final Pattern SETTING = Pattern.compile("--[a-z0-9]+(\\.[a-z0-9\\[\\]-]+)+=.*");

  @Spec private CommandSpec command;

  @Option(
      names = "--mongodb",
      paramLabel = "URI",
      defaultValue = "${env:WINDROW_MONGODB_URI}",
      description =
          "The store, mongodb://host:port/database (WINDROW_MONGODB_URI; default:"
              + " mongodb://127.0.0.1:27017/windrow).")
  private @Nullable String mongodb;

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      defaultValue = "${env:WINDROW_KAFKA}",
      description =
          "The broker, several separated by commas (WINDROW_KAFKA; default: 127.0.0.1:9092).")
  private @Nullable String kafka;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "${env:WINDROW_PORT}",
      description =
          "Where it listens, 0 for any free port (WINDROW_PORT; default: 8470 coordinator, 8471"
              + " collector, 8472 worker).")
  private @Nullable Integer port;

  @Unmatched private List<String> settings = new ArrayList<>();

  RoleCommand() {}

  /**
   * Runs until the process is asked to end.
   *
   * @param own settings from the role's own options
   */
  final int run(String role, RoleProcess.Start start, List<String> own)
      throws InterruptedException {
    List<String> all = settings();
    all.addAll(own);
    return RoleProcess.run(role, start, all, command);
  }

  /** {@code --key=value} for each option given, then those passed through. */
  private List<String> settings() {
    List<String> all = new ArrayList<>();
    add(all, "spring.mongodb.uri", mongodb);
    add(all, "spring.kafka.bootstrap-servers", kafka);
    add(all, "server.port", port);
    for (String setting : settings) {
      if (!SETTING.matcher(setting).matches()) {
        throw new ParameterException(
            command.commandLine(),
            "Unknown option: '%s' (a setting of the role is written --key.of.it=value)"
                .formatted(setting.replaceFirst("=.*", "=...")));
      }
      all.add(setting);
    }
    return all;
  }

  static void add(List<String> settings, String key, @Nullable Object value) {
    if (value != null && !value.toString().isEmpty()) {
      settings.add("--" + key + "=" + value);
    }
  }
}
