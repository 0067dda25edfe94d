package io.windrow.quant.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.windrow.quant.Archive;
import io.windrow.quant.Golden;
import io.windrow.quant.Us100;
import io.windrow.quant.data.DataStore;
import io.windrow.quant.data.Universe;
import io.windrow.quant.definition.DefinitionException;
import io.windrow.quant.definition.Problem;
import io.windrow.quant.definition.Section;
import io.windrow.quant.factor.FactorEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Qlib's own filters leave of instruments; and what is refused. */
class InstrumentFilterTest {

  private static final JsonNode GOLDEN = Golden.json("filters.json");
  private static final FactorEngine ENGINE = new FactorEngine(2);

  @TempDir private static Path folder;
  private static DataStore ops;

  @BeforeAll
  static void unpack() throws IOException {
    Archive.unpackGolden("qlib_bin_ops.tar.gz", folder);
    // Spans with a gap, spans beyond the files, and an instrument without files.
    Files.writeString(
        folder.resolve("instruments/parts.txt"),
        """
        LATE\t2007-01-03\t2007-01-23
        NONE\t2007-01-03\t2007-01-23
        OPS\t2007-01-03\t2007-01-09
        OPS\t2007-01-12\t2007-01-23
        """);
    ops = DataStore.open(folder);
  }

  static Stream<JsonNode> tiny() {
    return GOLDEN.get("ops").valueStream();
  }

  static Stream<JsonNode> real() {
    return GOLDEN.get("us100").valueStream();
  }

  @ParameterizedTest
  @MethodSource("tiny")
  void leaves_what_qlib_leaves(JsonNode golden) {
    assertLeft(golden, ops);
  }

  @ParameterizedTest
  @MethodSource("real")
  void leaves_what_qlib_leaves_of_real_bars(JsonNode golden) {
    assertLeft(golden, Us100.data());
  }

  private static void assertLeft(JsonNode golden, DataStore data) {
    Instruments inMap =
        read(Map.of("instruments", json(golden, "market", "filter_pipe")), List.of());
    Map<String, Object> kwargs = json(golden, "filter_pipe");
    kwargs.put("instruments", golden.get("market").stringValue());
    for (Instruments instruments : List.of(inMap, read(kwargs, List.of()))) {
      if (golden.has("error") || golden.get("spans").isEmpty()) {
        assertThatExceptionOfType(DefinitionException.class)
            .isThrownBy(() -> instruments.universe(data, ENGINE))
            .withMessageContaining(golden.has("error") ? "no trading day" : "leaves none of");
      } else {
        assertThat(spans(instruments.universe(data, ENGINE)))
            .isEqualTo(JsonMapper.shared().convertValue(golden.get("spans"), Map.class));
      }
    }
  }

  private static Map<String, Object> json(JsonNode golden, String... keys) {
    Map<String, Object> part = new TreeMap<>();
    for (String key : keys) {
      part.put(key, JsonMapper.shared().convertValue(golden.get(key), Object.class));
    }
    return part;
  }

  private static Map<String, List<List<String>>> spans(Universe universe) {
    Map<String, List<List<String>>> spans = new TreeMap<>();
    for (Universe.Member member : universe.members()) {
      spans.put(
          member.symbol(),
          member.spans().stream()
              .map(span -> List.of(span.first().toString(), span.last().toString()))
              .toList());
    }
    return spans;
  }

  @Test
  void a_list_of_symbols_is_not_filtered_and_a_warning_says_so() {
    Map<String, ?> filter = Map.of("filter_type", "NameDFilter", "name_rule_re", "L");

    Instruments listed =
        read(
            Map.of("instruments", List.of("OPS"), "filter_pipe", List.of(filter)),
            List.of("filter_pipe: is not used, as in Qlib, unless instruments is the name of a"));
    assertThat(listed.universe(ops, ENGINE).symbols()).containsExactly("OPS");

    Instruments market =
        read(
            Map.of("instruments", Map.of("market", "all"), "filter_pipe", List.of(filter)),
            List.of("filter_pipe: is not used"));
    assertThat(market.universe(ops, ENGINE).symbols()).containsExactly("LATE", "OPS");
  }

  @Test
  void refuses_what_is_no_filter() {
    read(
        pipe(Map.of("filter_type", "NameFilter", "name_rule_re", "A")),
        List.of("filter_pipe.0.filter_type: must be one of [ExpressionDFilter, NameDFilter] (did"));
    read(
        pipe(Map.of("filter_type", "NameDFilter")),
        List.of("filter_pipe.0.name_rule_re: is missing"));
    read(
        pipe(Map.of("filter_type", "NameDFilter", "name_rule_re", "A(?!B)")),
        List.of("filter_pipe.0.name_rule_re: is no regular expression of RE2, which has no look"));
    read(
        pipe(Map.of("filter_type", "NameDFilter", "name_rule_re", "A".repeat(201))),
        List.of("filter_pipe.0.name_rule_re: must have at most 200 characters"));
    read(
        pipe(Map.of("filter_type", "NameDFilter", "name_rule_re", "A", "fstart_time", "2007")),
        List.of("filter_pipe.0.fstart_time: is not known here"));
    read(
        pipe(Map.of("filter_type", "ExpressionDFilter", "rule_expression", "Reff($x, 1) > 2")),
        List.of("filter_pipe.0.rule_expression: unknown operator Reff (did you mean 'Ref'?)"));
    read(
        pipe(
            Map.of(
                "filter_type", "ExpressionDFilter",
                "rule_expression", "$x > 2",
                "filter_start_time", "2007-02-01",
                "filter_end_time", "2007-01-01")),
        List.of("filter_pipe.0.filter_end_time: is before filter_start_time"));
  }

  /** Linear in the name, whatever the expression: back-tracking would take longer than the sun. */
  @Test
  void a_regular_expression_cannot_take_for_ever() {
    Instruments instruments =
        read(pipe(Map.of("filter_type", "NameDFilter", "name_rule_re", "(((A*)*)*)*B")), List.of());
    Universe.Member longest =
        new Universe.Member(
            "A".repeat(64),
            List.of(new Universe.Span(ops.calendar().first(), ops.calendar().last())));

    assertThat(instruments.filters().get(0).apply(new Universe(List.of(longest)), ops, ENGINE))
        .isEmpty();
    read(
        pipe(Map.of("filter_type", "NameDFilter", "name_rule_re", "((A{900}){900}){900}")),
        List.of("filter_pipe.0.name_rule_re: repeats too much"));
    read(pipe(Map.of("filter_type", "NameDFilter", "name_rule_re", "SH[0-9]{4}5{1,2}")), List.of());
  }

  @Test
  void equal_filters_are_equal_parts_of_keys() {
    Map<String, ?> kwargs =
        pipe(Map.of("filter_type", "ExpressionDFilter", "rule_expression", "$x > 2"));

    assertThat(read(kwargs, List.of())).isEqualTo(read(kwargs, List.of()));
    assertThat(read(kwargs, List.of()))
        .isNotEqualTo(
            read(
                pipe(Map.of("filter_type", "ExpressionDFilter", "rule_expression", "$x > 3")),
                List.of()));
  }

  private static Map<String, ?> pipe(Map<String, ?> filter) {
    return Map.of("instruments", "all", "filter_pipe", List.of(filter));
  }

  /** Reads a handler's arguments, which must have exactly these problems. */
  private static Instruments read(Map<String, ?> kwargs, List<String> expected) {
    List<Problem> problems = new ArrayList<>();
    Instruments instruments = Instruments.read(Section.root(kwargs, problems), "all", true);
    assertThat(problems).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(problems.get(i).toString()).startsWith(expected.get(i));
    }
    return instruments;
  }
}
