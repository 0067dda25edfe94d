package io.windrow.cli.context;

import io.windrow.cli.client.Endpoint;
import io.windrow.cli.terminal.OutputOption;
import io.windrow.cli.terminal.Table;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code windrow config get-contexts|use-context|set-context|delete-context|view}. */
@Command(
    name = "config",
    description = "Names clusters (contexts), and chooses the one that commands are about.",
    synopsisSubcommandLabel = "COMMAND")
public final class ConfigCommand {
  @Spec private CommandSpec spec;

  ConfigCommand() {}

  @Command(name = "get-contexts", description = "Lists the contexts.")
  int getContexts(@Mixin OutputOption output) {
    String current = context().name();
    List<Map<String, Object>> all = new ArrayList<>();
    Table table =
        new Table()
            .left("current")
            .left("name")
            .left("coordinator")
            .left("collector")
            .left("token");
    new TreeMap<>(file().read().all())
        .forEach(
            (name, each) -> {
              Map<String, Object> row = new LinkedHashMap<>();
              row.put("name", name);
              row.put("current", name.equals(current));
              row.putAll(ContextFile.map(each));
              all.add(row);
              table.row(
                  name.equals(current) ? "*" : "",
                  name,
                  text(each.coordinator()),
                  text(each.collector()),
                  each.tokenFile() == null ? "" : "in a file");
            });
    output.print(
        all,
        () ->
            all.isEmpty()
                ? List.of("no contexts yet: make one with 'windrow config set-context NAME'")
                : table.lines());
    return 0;
  }

  @Command(name = "use-context", description = "Makes a context the current one.")
  int useContext(@Parameters(paramLabel = "NAME", description = "Its name.") String name) {
    file().write(file().read().using(name));
    return say("context " + name + " is the current one now");
  }

  @Command(
      name = "set-context",
      description = {
        "Makes a context, or changes what is given of it. The first becomes the current one."
      })
  int setContext(
      @Parameters(paramLabel = "NAME", description = "Its name.") String name,
      @Option(names = "--coordinator", paramLabel = "URL", description = "Its coordinator.")
          @Nullable String coordinator,
      @Option(names = "--collector", paramLabel = "URL", description = "Its collector.")
          @Nullable String collector,
      @Option(
              names = "--token-file",
              paramLabel = "FILE",
              description = "The file that holds the API token; it is read when it is needed.")
          @Nullable String tokenFile,
      @Option(
              names = "--ca-file",
              paramLabel = "FILE",
              description =
                  "The file with the certificates (PEM) of the authorities to trust over https.")
          @Nullable String caFile) {
    try {
      if (coordinator != null) {
        Endpoint.coordinator(coordinator);
      }
      if (collector != null) {
        Endpoint.collector(collector);
      }
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    if (name.isBlank()) {
      throw new ParameterException(spec.commandLine(), "NAME: a context has a name");
    }
    // As seen from here: the next command may be given in another folder.
    Context changes = new Context(coordinator, collector, absolute(tokenFile), absolute(caFile));
    file().write(file().read().with(name, changes));
    return say("context " + name + " is set");
  }

  @Command(name = "delete-context", description = "Forgets a context.")
  int deleteContext(@Parameters(paramLabel = "NAME", description = "Its name.") String name) {
    file().write(file().read().without(name));
    return say("context " + name + " is deleted");
  }

  @Command(name = "view", description = "Shows the file, and which context counts.")
  int view(@Mixin OutputOption output) {
    Contexts contexts = file().read();
    Map<String, Object> all = new LinkedHashMap<>();
    new TreeMap<>(contexts.all()).forEach((name, each) -> all.put(name, ContextFile.map(each)));
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("file", file().path().toString());
    view.put("current-context", text(context().name()));
    view.put("contexts", all);
    output.print(
        view,
        () -> {
          List<String> lines = new ArrayList<>();
          lines.add("file     " + file().path());
          lines.add("context  " + (context().name() == null ? "none" : context().name()));
          all.forEach((name, each) -> lines.add("%-8s %s".formatted(name, each)));
          return lines;
        });
    return 0;
  }

  private CurrentContext context() {
    return CurrentContext.of(spec);
  }

  private ContextFile file() {
    return context().file();
  }

  private int say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
    return 0;
  }

  private static @Nullable String absolute(@Nullable String file) {
    return file == null ? null : Path.of(file).toAbsolutePath().toString();
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
