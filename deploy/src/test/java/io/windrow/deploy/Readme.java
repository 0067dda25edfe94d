package io.windrow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What deploy/README.md promises, for tests to try. */
final class Readme {
  private static final Pattern BLOCK = Pattern.compile("(?m)(?:^    .*\n|^\n(?=    ))+");

  private Readme() {}

  static String text() {
    try {
      return Files.readString(Path.of("README.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The only indented block with these words, without its indent. */
  static String block(String words) {
    List<String> blocks =
        BLOCK
            .matcher(text())
            .results()
            .map(found -> found.group().replaceAll("(?m)^    ", ""))
            .filter(block -> block.contains(words))
            .toList();
    assertThat(blocks).as("blocks of README.md with '%s'", words).hasSize(1);
    return blocks.get(0);
  }
}
