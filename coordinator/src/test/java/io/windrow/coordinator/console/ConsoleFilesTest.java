package io.windrow.coordinator.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ConsoleFilesTest {
  /** So that a first visit is short, and the files may be kept in memory. */
  private static final int MOST_BYTES = 1_500_000;

  private final ConsoleFiles files = ConsoleFiles.load();

  @Test
  void all_of_the_console_is_less_than_a_megabyte_and_a_half() {
    assertThat(files.sizes())
        .containsKeys(
            "/",
            "/assets/of-a-test/module.js",
            "/webjars/lit-html/lit-html.js",
            "/webjars/lit-html/directives/repeat.js",
            "/webjars/echarts/dist/echarts.min.js");
    int bytes = files.sizes().values().stream().mapToInt(Integer::intValue).sum();
    assertThat(bytes).as("%s", files.sizes()).isLessThan(MOST_BYTES);
  }

  @Test
  void of_the_libraries_there_is_only_what_browsers_load() {
    assertThat(files.sizes().keySet())
        .noneMatch(address -> address.matches(".*/(node|development|\\d[^/]*)/.*"))
        .filteredOn(address -> address.startsWith("/webjars/"))
        .allMatch(address -> address.endsWith(".js"))
        .filteredOn(address -> address.contains("/echarts/"))
        .hasSize(1);
  }

  @Test
  void what_compressing_does_not_make_shorter_is_left_as_it_is() {
    assertThat(files.file("/webjars/echarts/dist/echarts.min.js").orElseThrow().gzipped())
        .isNotNull();
    assertThat(ConsoleFile.of("a.png", new byte[] {1, 2, 3}).gzipped()).isNull();
  }

  @Test
  void a_file_of_a_kind_that_browsers_would_not_know_is_named() {
    assertThatThrownBy(() -> ConsoleFile.of("assets/a.txt", new byte[0]))
        .hasMessageContaining("assets/a.txt")
        .hasMessageContaining("svg");
  }
}
