package io.windrow.worker.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The {@code process} executor's settings, {@code windrow.worker.process.*}.
 *
 * @param folder where the work folders are made; default a folder of the system's temporary one
 * @param keepFolders whether work folders stay after the attempt, to look for an error
 * @param grace how long a command may take to end by itself when it is told to
 * @param inherit names of the worker's variables that commands see; no others are passed on
 * @param commands what tasks may name; the name is the key
 */
public record ProcessSettings(
    @Nullable Path folder,
    @DefaultValue("false") boolean keepFolders,
    @DefaultValue("5s") Duration grace,
    @DefaultValue({"PATH", "LANG", "LC_ALL", "TZ"}) Set<String> inherit,
    @DefaultValue Map<String, CommandSettings> commands) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  public ProcessSettings {
    folder =
        folder == null || folder.toString().isEmpty()
            ? Path.of(System.getProperty("java.io.tmpdir"), "windrow-tasks")
            : folder.toAbsolutePath().normalize();
    inherit = Set.copyOf(inherit);
    commands = Map.copyOf(commands);
    if (grace.isNegative()) {
      throw new IllegalArgumentException(
          "windrow.worker.process.grace: must not be negative, is " + grace);
    }
    for (String name : commands.keySet()) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "windrow.worker.process.commands: '"
                + name
                + "' cannot be a command's name: use 1 to 63 of a-z 0-9 -");
      }
    }
  }

  /**
   * Checks that this machine can run the commands, so that a mistake shows at start and not in
   * every task.
   *
   * @throws IllegalArgumentException saying what is missing
   */
  void check() {
    if (commands.isEmpty()) {
      throw new IllegalArgumentException(
          "windrow.worker.process.commands: the process executor is enabled, but no command is"
              + " declared; declare one, or take process out of windrow.worker.executors");
    }
    require("setsid", "the process executor needs it (util-linux)");
    new TreeMap<>(commands)
        .forEach(
            (name, command) ->
                require(command.command().get(0), "windrow.worker.process.commands." + name));
  }

  /** The names that tasks may use, for messages. */
  Set<String> names() {
    return new TreeSet<>(commands.keySet());
  }

  private static void require(String program, String why) {
    boolean found =
        program.contains("/")
            ? Files.isExecutable(Path.of(program)) && Path.of(program).isAbsolute()
            : Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(each -> !each.isEmpty() && Files.isExecutable(Path.of(each, program)));
    if (!found) {
      throw new IllegalArgumentException(
          "'" + program + "' is no program on the PATH and no absolute path of one: " + why);
    }
  }
}
