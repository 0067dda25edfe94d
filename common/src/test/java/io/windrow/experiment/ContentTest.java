package io.windrow.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentTest {
  @TempDir Path folder;

  @Test
  void a_file_comes_in_pieces_and_again_for_each_who_asks() throws IOException {
    byte[] bytes = random(1_000_000);
    Content content = Content.of(Files.write(folder.resolve("file"), bytes), bytes.length);

    assertThat(content.length()).isEqualTo(bytes.length);
    List<ByteBuffer> pieces = content.bytes().collectList().block();
    assertThat(pieces).hasSizeGreaterThan(3);
    assertThat(content.whole().block()).isEqualTo(bytes);
    assertThat(content.whole().block()).isEqualTo(bytes);
  }

  @Test
  void what_is_added_to_a_file_later_is_no_part_of_it() throws IOException {
    Path file = Files.write(folder.resolve("file"), new byte[] {1, 2, 3});
    Content content = Content.of(file, 3);
    Files.write(file, new byte[] {1, 2, 3, 4, 5});

    assertThat(content.whole().block()).containsExactly(1, 2, 3);
  }

  @Test
  void an_empty_file_is_empty() throws IOException {
    Content content = Content.of(Files.createFile(folder.resolve("file")), 0);

    assertThat(content.whole().block()).isEmpty();
  }

  @Test
  void a_link_is_not_followed() throws IOException {
    Path file = Files.write(folder.resolve("file"), new byte[] {1});
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);

    assertThatThrownBy(() -> Content.of(link, 1).whole().block())
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void a_file_that_has_become_shorter_is_an_error() throws IOException {
    Path file = Files.write(folder.resolve("file"), new byte[] {1});

    assertThatThrownBy(() -> Content.of(file, 2).whole().block())
        .hasCauseInstanceOf(EOFException.class);
  }

  @Test
  void it_is_written_to_a_new_file() throws IOException {
    byte[] bytes = random(700_000);
    Path copy = folder.resolve("copy");

    Content.of(Files.write(folder.resolve("file"), bytes), bytes.length).writeTo(copy).block();

    assertThat(Files.readAllBytes(copy)).isEqualTo(bytes);
    assertThatThrownBy(() -> Content.of(bytes).writeTo(copy).block())
        .hasRootCauseInstanceOf(FileAlreadyExistsException.class);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(7).nextBytes(bytes);
    return bytes;
  }
}
