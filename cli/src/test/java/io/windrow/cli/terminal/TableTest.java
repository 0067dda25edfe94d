package io.windrow.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void lines_figures_up_on_the_right_and_words_on_the_left() {
    Table table = new Table().left("name").right("IC").row("a", "0.0312").row("longer", "-0.1");
    assertThat(table.lines())
        .containsExactly(
            "name        IC", // the widest cells are "longer" and "0.0312"
            "------  ------",
            "a       0.0312",
            "longer    -0.1");
  }

  @Test
  void refuses_a_row_that_does_not_fit() {
    Table table = new Table().left("a");
    assertThatThrownBy(() -> table.row("1", "2")).hasMessage("2 cells for 1 columns");
  }
}
