package io.windrow.quant.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windrow.quant.definition.DefinitionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataRootsTest {

  @TempDir Path folder;
  private Path root;
  private DataRoots roots;

  @BeforeEach
  void folders() throws IOException {
    root = Files.createDirectory(folder.resolve("root"));
    Files.createDirectories(root.resolve("us/features"));
    Files.createDirectory(folder.resolve("secret"));
    Files.createSymbolicLink(root.resolve("way-out"), folder.resolve("secret"));
    Files.createSymbolicLink(root.resolve("alias"), root.resolve("us"));
    roots = new DataRoots(List.of(folder.resolve("absent"), root));
  }

  @Test
  void findsFoldersUnderARoot() throws IOException {
    Path us = root.resolve("us").toRealPath();

    assertThat(roots.resolve(us.toString())).isEqualTo(us);
    assertThat(roots.resolve("us")).isEqualTo(us);
    assertThat(roots.resolve("alias")).isEqualTo(us);
    assertThat(roots.resolve(root + "/us/../us/")).isEqualTo(us);
  }

  @ParameterizedTest
  @ValueSource(strings = {"way-out", "../secret", "us/../../secret", "/", "nowhere", "~", "a\0b"})
  void refusesEverythingElse(String uri) {
    assertThatThrownBy(() -> roots.resolve(uri))
        .isInstanceOf(DefinitionException.class)
        .hasMessageStartingWith("qlib_init.provider_uri: ")
        .hasMessageContaining("data root");
  }
}
