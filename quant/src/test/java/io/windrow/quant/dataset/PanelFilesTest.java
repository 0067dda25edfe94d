package io.windrow.quant.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.quant.panel.Panel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PanelFilesTest {
  private static final String A = "a".repeat(64);
  private static final String B = "b".repeat(64);
  private static final String C = "c".repeat(64);

  @TempDir private Path parent;
  private Path folder;
  private PanelFiles files;

  @BeforeEach
  void open() {
    folder = parent.resolve("of/panels");
    files = files(1 << 20);
  }

  @Test
  void everyBitComesBack() {
    List<Panel> panels = List.of(Panels.random(1, 20, 7), Panels.random(2, 5, 1));

    files.store(A, List.of(), panels);

    Panels.assertSame(files(1 << 20).load(A, List.of()).orElseThrow(), panels);
    assertThat(files.load(B, List.of())).isEmpty();
    assertThat(files.failures()).isZero();
  }

  @Test
  void panelsOfNoDaysAndBlocksLargerThanTheBufferComeBack() {
    Panel none = new Panel(List.of("X"), List.of("A"), List.of());
    List<Panel> panels = List.of(none, Panels.random(1, 2, 600_000), none);
    PanelFiles large = files(1 << 30);

    large.store(A, List.of(), panels);

    Panels.assertSame(large.load(A, List.of()).orElseThrow(), panels);
  }

  @Test
  void whatIsSharedIsWrittenOnce() throws IOException {
    Panel raw = Panels.random(1, 50, 300);
    Panel some = new Panel(raw.columns(), raw.symbols(), raw.days().subList(10, 20));
    files.store(A, List.of(), List.of(raw, raw, some));
    files.store(B, List.of(raw), List.of(raw, some));

    List<Panel> read = files.load(A, List.of()).orElseThrow();
    Panels.assertSame(read, List.of(raw, raw, some));
    assertThat(read.get(1).days().get(10)).isSameAs(read.get(0).days().get(10));
    assertThat(read.get(2).days().get(0)).isSameAs(read.get(0).days().get(10));
    assertThat(files.load(B, List.of(raw)).orElseThrow().get(1).days())
        .isEqualTo(some.days()); // records of arrays: equal only if the same
    long values = raw.rows() * 300 * Float.BYTES;
    assertThat(Files.size(file(A))).isBetween(values, values * 11 / 10);
    assertThat(Files.size(file(B))).isLessThan(values / 10);
  }

  @Test
  void aFileWrittenBesideOtherPanelsIsNotUsed() {
    Panel base = Panels.random(1, 5, 2);
    files.store(A, List.of(base), List.of(base));

    assertThat(files.load(A, List.of(Panels.random(1, 4, 2)))).isEmpty();
    assertThat(files.failures()).isEqualTo(1);
  }

  @Test
  void noDamageIsTakenForPanels() throws IOException {
    List<Panel> panels = List.of(Panels.random(1, 3, 3), Panels.random(2, 2, 1));
    files.store(A, List.of(), panels);
    byte[] sound = Files.readAllBytes(file(A));

    for (int at = 0; at < sound.length; at++) {
      byte[] damaged = sound.clone();
      damaged[at] ^= (byte) (1 << at % 8);
      assertRefused(damaged, "byte " + at);
    }
    for (int length = 0; length < sound.length; length++) {
      assertRefused(Arrays.copyOf(sound, length), "cut off at " + length);
    }
    assertRefused(Arrays.copyOf(sound, sound.length + 1), "one byte more");
    assertRefused("no panels at all".getBytes(StandardCharsets.UTF_8), "a text");

    files.store(A, List.of(), panels);
    Panels.assertSame(files.load(A, List.of()).orElseThrow(), panels);
  }

  private void assertRefused(byte[] bytes, String what) throws IOException {
    Files.write(file(A), bytes);
    assertThat(files.load(A, List.of())).as(what).isEmpty();
    assertThat(file(A)).as(what).doesNotExist();
  }

  @Test
  void aFileUnderAnotherNameIsNotUsed() throws IOException {
    files.store(A, List.of(), List.of(Panels.random(1, 3, 3)));
    Files.move(file(A), file(B));

    assertThat(files.load(B, List.of())).isEmpty();
  }

  @Test
  void theLongestUnusedMakesRoom() throws IOException {
    List<Panel> panels = List.of(Panels.random(1, 10, 10));
    long size = new PanelWriter(List.of(), panels).bytes();
    PanelFiles bounded = files(2 * size);
    bounded.store(A, List.of(), panels);
    bounded.store(B, List.of(), panels);
    age(A, Duration.ofMinutes(20));
    age(B, Duration.ofMinutes(10));
    assertThat(bounded.load(A, List.of())).isPresent(); // used again, by any process

    bounded.store(C, List.of(), panels);

    assertThat(names()).containsExactlyInAnyOrder(A + ".panels", C + ".panels");
    assertThat(bounded.bytes()).isEqualTo(2 * size);
    files(size - 1).store(B, List.of(), panels);
    assertThat(names()).as("too large: nothing goes for it").hasSize(2);
  }

  @Test
  void onlyAbandonedDraftsAreRemoved() throws IOException {
    Path fresh = Files.write(folder.resolve(B + ".1.draft"), new byte[10]);
    Path old = Files.write(folder.resolve(B + ".2.draft"), new byte[10]);
    Path foreign = Files.write(folder.resolve("notes.txt"), new byte[10]);
    for (Path file : List.of(old, foreign)) {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    }

    files.store(A, List.of(), List.of(Panels.random(1, 1, 1)));

    assertThat(names())
        .containsExactlyInAnyOrder(
            A + ".panels", fresh.getFileName().toString(), foreign.getFileName().toString());
  }

  @Test
  void panelsThatWereReadOutliveTheirFile() throws IOException {
    List<Panel> panels = List.of(Panels.random(1, 10, 10));
    files.store(A, List.of(), panels);
    List<Panel> read = files.load(A, List.of()).orElseThrow();
    Files.delete(file(A));

    Panels.assertSame(read, panels);
    assertThat(files.load(A, List.of())).isEmpty();
    assertThat(files.failures()).isZero();
  }

  private PanelFiles files(long maxBytes) {
    return new PanelFiles(new CacheSettings.Files(folder, maxBytes));
  }

  private Path file(String name) {
    return folder.resolve(name + ".panels");
  }

  private void age(String name, Duration age) throws IOException {
    Files.setLastModifiedTime(file(name), FileTime.from(Instant.now().minus(age)));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.map(path -> path.getFileName().toString()).toList();
    }
  }
}
