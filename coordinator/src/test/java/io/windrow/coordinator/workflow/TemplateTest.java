package io.windrow.coordinator.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
  private final Template template = new Template(Map.of("DATA", "/d/us", "EMPTY", "", "N", "7"));

  @ParameterizedTest
  @CsvSource(
      delimiterString = "->",
      quoteCharacter = '`',
      textBlock =
          """
          a: {{ DATA }} -> a: /d/us
          a: "{{DATA}}/x{{ N }}" -> a: "/d/us/x7"
          a: {{ REGION | default('us') }} -> a: us
          a: {{ REGION|d("us") }} -> a: us
          a: {{ STEP | default(40) }} -> a: 40
          a: {{ N | default(40) }} -> a: 7
          a: x{{ EMPTY | default('e') }} -> a: x
          a: {{ EMPTY | default('e', true) }} -> a: e
          a: {{ EMPTY | default('e', boolean=True) }} -> a: e
          a: {b: {c: 1}} -> a: {b: {c: 1}}
          """)
  void renders(String text, String expected) {
    assertThat(template.render(text)).isEqualTo(expected);
  }

  @Test
  void leavesInCommentsWhatItCannotRender() {
    assertThat(template.render("# {{ NOBODY }} {% if %} {{ N }}"))
        .isEqualTo("# {{ NOBODY }} {% if %} 7");
    assertThat(template.render("a: 1 # {{ NOBODY }}")).isEqualTo("a: 1 # {{ NOBODY }}");
    assertThatThrownBy(() -> template.render("a: b#{{ NOBODY }}"))
        .isInstanceOf(WorkflowException.class);
  }

  @Test
  void keepsLinesWhereTheyAre() {
    assertThat(template.render("a: 1\n{# two\nlines #}\nb: {{ N }}\n"))
        .isEqualTo("a: 1\n\n\nb: 7\n");
  }

  @Test
  void namesEveryTagThatCannotBeRendered() {
    String text =
        """
        a: {{ DTA }}
        {# a
        comment #}
        {% if N %}
        b: {{ N + 1 }} {{ N | upper }}
        c: {{ N
          }}
        d: {{- N -}}
        """;

    WorkflowException e =
        catchThrowableOfType(WorkflowException.class, () -> template.render(text));

    assertThat(e.problems()).extracting(WorkflowProblem::line).containsExactly(1, 4, 5, 5, 6, 8);
    assertThat(e.problems().get(0).message())
        .contains("DTA is not defined (did you mean 'DATA'?)", "--env DTA");
    assertThat(e.problems().get(1).message()).contains("only {{ NAME }}");
  }

  @Test
  void hostileTextTakesNoLongTime() {
    String tags = "{{ X }}".repeat(100_000);
    assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () -> {
          assertThat(template.render("# " + tags)).hasSize(700_002);
          assertThatThrownBy(() -> template.render("a: " + tags))
              .isInstanceOf(WorkflowException.class);
          assertThatThrownBy(() -> template.render("{{".repeat(500_000)))
              .isInstanceOf(WorkflowException.class);
          assertThatThrownBy(() -> template.render("{{ X " + " ".repeat(500_000) + "}}"))
              .isInstanceOf(WorkflowException.class);
          assertThat(template.render("{#".repeat(500_000))).isEmpty();
        });
  }

  @Test
  void tellsWhatNobodyUsed() {
    template.render("a: {{ DATA }}{{ EMPTY }}");
    assertThat(template.unused()).containsExactly("N");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb: injected", "a\u0000", "a\u0085b", "a\u2028b"})
  void valuesAreOneLine(String value) {
    assertThatThrownBy(() -> new Template(Map.of("A", value)))
        .isInstanceOf(WorkflowException.class)
        .hasMessageContaining("A must be one line");
  }

  @Test
  void namesAndNumbersAreBounded() {
    assertThatThrownBy(() -> new Template(Map.of("A-B", "x"))).hasMessageContaining("'A-B'");
    assertThatThrownBy(() -> new Template(Map.of("A", "x".repeat(4097))))
        .hasMessageContaining("4096");
  }
}
