package io.windrow.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** deploy/Dockerfile, read as a builder reads it. */
record Dockerfile(Map<String, Stage> stages) {
  /** One line of it, with its continuations. */
  record Instruction(String keyword, String rest) {
    /** The words of the rest; those of the exec form if it is in that. */
    List<String> words() {
      if (!isExec()) {
        return List.of(rest.split("\\s+"));
      }
      try {
        return List.of(Manifest.YAML.readValue(rest, String[].class));
      } catch (JsonProcessingException e) {
        throw new UncheckedIOException(keyword + " " + rest, e);
      }
    }

    boolean isExec() {
      return rest.startsWith("[");
    }
  }

  /**
   * @param base an image, or an earlier stage
   */
  record Stage(String name, String base, List<Instruction> own) {}

  static Dockerfile read() {
    try {
      return parse(Files.readString(Path.of("Dockerfile")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Dockerfile parse(String text) {
    Map<String, Stage> stages = new LinkedHashMap<>();
    String lines = text.replaceAll("(?m)^\\s*#.*\n?", "").replaceAll("\\\\\\s*\n\\s*", " ");
    Stage stage = null;
    for (String line : lines.lines().filter(each -> !each.isBlank()).toList()) {
      String[] parts = line.strip().split("\\s+", 2);
      Instruction instruction =
          new Instruction(parts[0].toUpperCase(Locale.ROOT), parts.length == 2 ? parts[1] : "");
      if (instruction.keyword().equals("FROM")) {
        List<String> words = instruction.words();
        stage =
            new Stage(
                words.size() == 3 ? words.get(2) : "stage" + stages.size(),
                words.get(0),
                new ArrayList<>());
        stages.put(stage.name(), stage);
      } else if (stage != null) {
        stage.own().add(instruction);
      }
    }
    return new Dockerfile(stages);
  }

  /** What makes a stage: its own instructions after those of the stages it is made of. */
  List<Instruction> instructions(String name) {
    Stage stage = stages.get(name);
    List<Instruction> all = new ArrayList<>();
    if (stages.containsKey(stage.base())) {
      all.addAll(instructions(stage.base()));
    }
    all.addAll(stage.own());
    return all;
  }

  /** The last of them, which is what holds. */
  Optional<Instruction> last(String stage, String keyword) {
    return instructions(stage).stream()
        .filter(instruction -> instruction.keyword().equals(keyword))
        .reduce((before, after) -> after);
  }
}
