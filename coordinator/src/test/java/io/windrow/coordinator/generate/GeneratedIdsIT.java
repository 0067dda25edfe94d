package io.windrow.coordinator.generate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A coordinator that takes over on another machine must make the very same tasks. */
class GeneratedIdsIT {
  @TempDir private Path folder;

  @Test
  void areTheSameInAnotherJvmWithAnotherLanguageZoneAndEncoding() throws Exception {
    Path out = folder.resolve("ids.txt");
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.language=tr",
                "-Duser.country=TR",
                "-Duser.timezone=Pacific/Kiritimati",
                "-Dfile.encoding=ISO-8859-1",
                "-cp",
                System.getProperty("java.class.path"),
                GeneratedIds.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    try {
      assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      other.destroyForcibly();
    }

    List<String> ids = Files.readAllLines(out, UTF_8);

    assertThat(ids).hasSize(8 * 23).doesNotHaveDuplicates().isEqualTo(GeneratedIds.ids());
    assertThat(other.exitValue()).isZero();
  }
}
