package io.windrow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page names what is there. */
class ReadmeTest {
  private static final Pattern PATH =
      Pattern.compile("(?<![\\w/.])(?:deploy|components|overlays|base)/[\\w./-]*[\\w]");

  @Test
  void pathsAreThere() {
    List<String> paths =
        PATH.matcher(Readme.text()).results().map(MatchResult::group).distinct().toList();
    assertThat(paths)
        .hasSizeGreaterThan(8)
        .allSatisfy(
            path ->
                assertThat(
                        path.contains("/nightly/")
                            || Files.exists(
                                Path.of(path.startsWith("deploy/") ? ".." : "").resolve(path)))
                    .as(path)
                    .isTrue());
  }

  /** None that nobody reads any more; {@link Policies} finds those that are missing. */
  @Test
  void secretsAreThoseOfManifests() throws IOException {
    StringBuilder manifests = new StringBuilder();
    for (String folder : List.of("base", "components", "overlays")) {
      try (Stream<Path> files = Files.walk(Path.of(folder)).filter(Files::isRegularFile)) {
        for (Path file : files.toList()) {
          manifests.append(Files.readString(file));
        }
      }
    }
    assertThat(Secrets.documented())
        .hasSizeGreaterThan(10)
        .allSatisfy(
            secret ->
                assertThat(manifests.toString())
                    .containsPattern("(?i)name: " + secret.replaceFirst("/.*", "") + "\n"));
  }
}
