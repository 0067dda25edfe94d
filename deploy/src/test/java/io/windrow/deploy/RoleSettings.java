package io.windrow.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.boot.convert.DurationStyle;

/**
 * What a role can be told, by the names that the environment has for it, and what it does untold:
 * the keys of its own settings' file and those that Spring Boot's jars describe.
 */
final class RoleSettings {
  /** Read by the Java runtime, not by Windrow. */
  private static final Set<String> RUNTIME = Set.of("JAVA_TOOL_OPTIONS");

  private final Map<String, String> defaults = new TreeMap<>();
  private final Set<String> names = new HashSet<>(RUNTIME);
  private final Set<String> maps = new TreeSet<>();

  private RoleSettings() {}

  /**
   * @param role coordinator, collector or worker
   */
  static RoleSettings of(String role) {
    RoleSettings settings = new RoleSettings();
    try {
      URL file = Thread.currentThread().getContextClassLoader().getResource(role + ".yml");
      if (file == null) {
        throw new IllegalArgumentException("no role has the image 'windrow/" + role + "'");
      }
      settings.addFile("", read(Manifest.YAML, file));
      for (URL metadata :
          Collections.list(
              Thread.currentThread()
                  .getContextClassLoader()
                  .getResources("META-INF/spring-configuration-metadata.json"))) {
        settings.addDescribed(read(new ObjectMapper(), metadata));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return settings;
  }

  private static JsonNode read(ObjectMapper mapper, URL file) throws IOException {
    try (InputStream content = file.openStream()) {
      return mapper.readTree(content);
    }
  }

  /** Whether the role takes anything from this variable. */
  boolean binds(String variable) {
    return names.contains(variable)
        || maps.stream().anyMatch(map -> variable.startsWith(map + "_"));
  }

  /** The default of a key; it must be in the role's file. */
  String byDefault(String key) {
    String value = defaults.get(key);
    if (value == null) {
      throw new IllegalArgumentException(key + " is in no settings' file");
    }
    return value;
  }

  /** What holds in an environment: its variable, else the default. */
  Duration duration(String key, Map<String, String> environment, String otherwise) {
    return DurationStyle.detectAndParse(
        environment.getOrDefault(variable(key), defaults.getOrDefault(key, otherwise)));
  }

  /** A key as Spring Boot looks for it in the environment. */
  static String variable(String key) {
    return key.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
  }

  private void addFile(String key, JsonNode tree) {
    if (tree.isObject() && !tree.isEmpty()) {
      tree.properties()
          .forEach(
              entry ->
                  addFile(
                      key.isEmpty() ? entry.getKey() : key + "." + entry.getKey(),
                      entry.getValue()));
    } else {
      defaults.put(key, tree.asText());
      names.add(variable(key));
    }
  }

  private void addDescribed(JsonNode metadata) {
    for (JsonNode property : metadata.path("properties")) {
      String name = variable(property.path("name").asText());
      if (property.path("type").asText().startsWith("java.util.Map<")) {
        maps.add(name);
      } else if (!property.path("deprecation").path("level").asText().equals("error")) {
        names.add(name);
      }
    }
  }
}
