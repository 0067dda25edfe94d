package io.windrow.quant.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataRootsTest {
  @TempDir Path folder;
  private DataRoots roots;

  @BeforeEach
  void twoRootsAndAStranger() throws IOException {
    Files.createDirectories(folder.resolve("a/us"));
    Files.createDirectories(folder.resolve("b/cn"));
    Files.createDirectories(folder.resolve("secret"));
    roots = new DataRoots(List.of(folder.resolve("a"), folder.resolve("b")));
  }

  @Test
  void findsRelativeAndAbsoluteFolders() throws IOException {
    assertThat(roots.resolve("us")).isEqualTo(folder.resolve("a/us").toRealPath());
    assertThat(roots.resolve("cn")).isEqualTo(folder.resolve("b/cn").toRealPath());
    assertThat(roots.resolve(folder.resolve("b/cn").toString()))
        .isEqualTo(folder.resolve("b/cn").toRealPath());
    assertThat(roots.resolve(folder.resolve("b").toString()))
        .isEqualTo(folder.resolve("b").toRealPath());
  }

  @Test
  void refusesWhatLiesOutside() {
    assertRefused(folder.resolve("secret").toString(), "lies under none of the data roots");
    assertRefused("../secret", "lies under none of the data roots");
    assertRefused("us/../../secret", "lies under none of the data roots");
    assertRefused("~/data", "lies under none of the data roots");
    assertRefused("/", "lies under none of the data roots");
    assertRefused("nowhere", "there is no folder 'nowhere' under the data roots");
    assertRefused("a\0b", "is not a path");
  }

  @Test
  void aTildeIsTheHomeOfTheProcess() throws IOException {
    Path home = Path.of(System.getProperty("user.home"));

    assertThat(new DataRoots(List.of(home)).resolve("~/.")).isEqualTo(home.toRealPath());
  }

  @Test
  void followsALinkThatStaysInside() throws IOException {
    Files.createSymbolicLink(folder.resolve("a/alias"), folder.resolve("a/us"));

    assertThat(roots.resolve("alias")).isEqualTo(folder.resolve("a/us").toRealPath());
  }

  @Test
  void refusesALinkToTheOutside() throws IOException {
    Files.createSymbolicLink(folder.resolve("a/link"), folder.resolve("secret"));

    assertRefused("link", "is a link to a folder outside of the data root");
  }

  @Test
  void saysThatNoRootIsConfigured() {
    assertThatThrownBy(() -> new DataRoots(List.of()).resolve("us"))
        .isInstanceOf(DataException.class)
        .hasMessage("no data root is configured: set windrow.data.roots");
  }

  private void assertRefused(String providerUri, String message) {
    assertThatThrownBy(() -> roots.resolve(providerUri))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }
}
