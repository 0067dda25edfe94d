package io.windrow.cli.manage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogsCommandTest {

  @Test
  void only_what_is_new_is_printed() {
    assertThat(LogsCommand.rest("", "a\nb\n")).isEqualTo("a\nb\n");
    assertThat(LogsCommand.rest("a\nb\n", "a\nb\nc\n")).isEqualTo("c\n");
    assertThat(LogsCommand.rest("a\n", "a\n")).isEmpty();
  }

  @Test
  void of_a_log_whose_middle_is_gone_the_end_goes_on_where_it_was() {
    String seen = "head\n" + "x".repeat(300) + "marker\n";
    String now = "head\n... 90 bytes left out ...\n" + "x".repeat(250) + "marker\nnext\n";

    assertThat(LogsCommand.rest(seen, now)).isEqualTo("next\n");
    assertThat(LogsCommand.rest("quite other\n", "new\n")).isEqualTo("\n...\nnew\n");
  }
}
