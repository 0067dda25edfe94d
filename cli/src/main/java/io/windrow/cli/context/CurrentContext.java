package io.windrow.cli.context;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The context a command runs in: {@code --context}, else {@code WINDROW_CONTEXT}, else the file's
 * current one. The file is {@code --config}, or where it usually is.
 */
public final class CurrentContext {
  private final Map<String, String> environment;
  private final ContextFile file;
  private final @Nullable String option;

  private CurrentContext(
      Map<String, String> environment, ContextFile file, @Nullable String option) {
    this.environment = environment;
    this.file = file;
    this.option = option;
  }

  /** That of a command; its options come from the root. */
  public static CurrentContext of(CommandSpec command) {
    return of(value(command, "--config"), value(command, "--context"), System.getenv());
  }

  static CurrentContext of(
      @Nullable String config, @Nullable String context, Map<String, String> environment) {
    Path path =
        config == null
            ? ContextFile.usual(environment, Path.of(System.getProperty("user.home", "")))
            : Path.of(config);
    return new CurrentContext(environment, new ContextFile(path), context);
  }

  private static @Nullable String value(CommandSpec command, String option) {
    OptionSpec spec = command.root().findOption(option);
    Object value = spec == null ? null : spec.getValue();
    return value == null ? null : value.toString();
  }

  ContextFile file() {
    return file;
  }

  /** Its name, or null if there is none. */
  @Nullable String name() {
    if (option != null) {
      return option;
    }
    String named = environment.getOrDefault("WINDROW_CONTEXT", "");
    return named.isBlank() ? file.read().current() : named;
  }

  /** What it says; nothing if there is none. */
  public Context get() {
    String name = name();
    return name == null ? Context.EMPTY : file.read().named(name);
  }

  /**
   * An address: a {@link #setting} with a default.
   *
   * @param usual the default
   */
  public String address(
      @Nullable String given,
      String variable,
      Function<Context, @Nullable String> ofContext,
      String usual) {
    String set = setting(given, variable, ofContext);
    return set == null ? usual : set;
  }

  /**
   * What was given, else that of a context named by option, else the variable's, else the
   * context's; null if none says.
   *
   * @param given by an option of its own
   * @param variable name of the environment variable
   * @param ofContext what the context says
   */
  public @Nullable String setting(
      @Nullable String given, String variable, Function<Context, @Nullable String> ofContext) {
    if (given != null) {
      return given;
    }
    String inContext = ofContext.apply(option == null ? Context.EMPTY : get());
    if (inContext != null) {
      return inContext;
    }
    String inEnvironment = environment.getOrDefault(variable, "");
    return inEnvironment.isBlank() ? ofContext.apply(get()) : inEnvironment;
  }
}
