package io.windrow.cli.context;

import io.windrow.cli.terminal.PrivateFile;
import io.windrow.cli.terminal.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The file of contexts: a short YAML that only its user can read. */
public final class ContextFile {
  private static final String CURRENT = "current-context";
  private static final String CONTEXTS = "contexts";
  private static final String COORDINATOR = "coordinator";
  private static final String COLLECTOR = "collector";
  private static final String TOKEN_FILE = "token-file";
  private static final String CA_FILE = "ca-file";

  private final Path path;

  public ContextFile(Path path) {
    this.path = path;
  }

  /**
   * Where it is unless an option says otherwise: {@code WINDROW_CONFIG}, else {@code
   * windrow/config.yaml} in the folder for configuration, which is {@code XDG_CONFIG_HOME} or
   * {@code .config} in the home folder.
   */
  static Path usual(Map<String, String> environment, Path home) {
    String named = environment.getOrDefault("WINDROW_CONFIG", "");
    if (!named.isBlank()) {
      return Path.of(named);
    }
    String folder = environment.getOrDefault("XDG_CONFIG_HOME", "");
    return (folder.isBlank() ? home.resolve(".config") : Path.of(folder))
        .resolve("windrow")
        .resolve("config.yaml");
  }

  Path path() {
    return path;
  }

  /**
   * What it says; nothing if it is not there.
   *
   * @throws UserError if it cannot be understood
   */
  public Contexts read() {
    try {
      String text = Files.readString(path);
      return contexts(new Load(LoadSettings.builder().build()).loadFromString(text));
    } catch (NoSuchFileException e) {
      return Contexts.NONE;
    } catch (IOException e) {
      throw new UserError("cannot read " + path + " (" + e.getMessage() + ")");
    } catch (YamlEngineException e) {
      throw wrong("is no YAML: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private Contexts contexts(@Nullable Object file) {
    if (file == null) {
      return Contexts.NONE;
    }
    Map<?, ?> map = map(file, "the file");
    Map<String, Context> all = new TreeMap<>();
    if (map.get(CONTEXTS) != null) {
      map(map.get(CONTEXTS), CONTEXTS)
          .forEach((name, value) -> all.put(String.valueOf(name), context(name, value)));
    }
    return new Contexts(text(map, CURRENT), all);
  }

  private Context context(@Nullable Object name, @Nullable Object value) {
    Map<?, ?> map = value == null ? Map.of() : map(value, CONTEXTS + "." + name);
    return new Context(
        text(map, COORDINATOR), text(map, COLLECTOR), text(map, TOKEN_FILE), text(map, CA_FILE));
  }

  private Map<?, ?> map(@Nullable Object value, String what) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw wrong(what + " should have keys with values");
  }

  private static @Nullable String text(Map<?, ?> map, String key) {
    Object value = map.get(key);
    return value == null ? null : value.toString();
  }

  private UserError wrong(String what) {
    return new UserError(
        "%s: %s; correct it, or remove it and use 'windrow config set-context'"
            .formatted(path, what));
  }

  /** Writes it, whole or not at all. */
  void write(Contexts contexts) {
    Map<String, Object> all = new LinkedHashMap<>();
    new TreeMap<>(contexts.all()).forEach((name, context) -> all.put(name, map(context)));
    Map<String, Object> file = new LinkedHashMap<>();
    if (contexts.current() != null) {
      file.put(CURRENT, contexts.current());
    }
    file.put(CONTEXTS, all);
    DumpSettings settings = DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build();
    try {
      Path folder = path.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      Path part = Files.createTempFile(folder, "config", ".part", PrivateFile.attributes());
      try {
        Files.writeString(part, new Dump(settings).dumpToString(file));
        Files.move(part, path, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new UserError("cannot write " + path + ": name another with --config (" + e + ")");
    }
  }

  /** A context as the file has it. */
  static Map<String, String> map(Context context) {
    Map<String, String> map = new LinkedHashMap<>();
    put(map, COORDINATOR, context.coordinator());
    put(map, COLLECTOR, context.collector());
    put(map, TOKEN_FILE, context.tokenFile());
    put(map, CA_FILE, context.caFile());
    return map;
  }

  private static void put(Map<String, String> map, String key, @Nullable String value) {
    if (value != null) {
      map.put(key, value);
    }
  }
}
