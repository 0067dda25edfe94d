package io.windrow.quant.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.windrow.quant.Archive;
import io.windrow.quant.Golden;
import io.windrow.quant.data.DataStore;
import io.windrow.quant.data.Universe;
import io.windrow.quant.panel.CrossSection;
import io.windrow.quant.panel.Panel;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every expression that Qlib itself was asked, on its own data files. */
class OperatorsGoldenTest {

  @TempDir private static Path folder;
  private static DataStore data;
  private static final JsonNode GOLDEN = Golden.json("operators.json");

  @BeforeAll
  static void unpack() {
    data = DataStore.open(Archive.unpackGolden("qlib_bin_ops.tar.gz", folder));
  }

  static Stream<Arguments> expressions() {
    return Stream.of("operators.json", "operators_more.json")
        .flatMap(OperatorsGoldenTest::expressions);
  }

  private static Stream<Arguments> expressions(String file) {
    return Golden.json(file)
        .get("results")
        .propertyStream()
        .flatMap(
            symbol ->
                symbol
                    .getValue()
                    .propertyStream()
                    .map(
                        expression ->
                            Arguments.of(
                                symbol.getKey(), expression.getKey(), expression.getValue())));
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void agrees_with_qlib(String symbol, String expression, JsonNode expected) {
    Universe universe = data.universe(List.of(symbol));
    Panel panel = compute(universe, expression, data.calendar().first(), data.calendar().last());

    List<String> dates = expected.get("dates").valueStream().map(JsonNode::stringValue).toList();
    assertThat(panel.days().stream().map(day -> day.date().toString())).isEqualTo(dates);
    same(panel, expected.get("values"));
  }

  @Test
  void all_instruments_at_once_give_the_rows_of_each() {
    Panel panel =
        compute(data.universe("all"), "$x", data.calendar().first(), data.calendar().last());

    assertThat(panel.symbols()).containsExactly("LATE", "OPS");
    assertThat(panel.rows()).isEqualTo(20);
    assertThat(panel.days().get(2).instruments()).containsExactly(1);
    assertThat(panel.days().get(3).instruments()).containsExactly(0, 1);
    assertThat(panel.days().get(3).values()).containsExactly(4, 4);
  }

  @Test
  void a_part_of_the_days_uses_the_days_around_it() {
    JsonNode query = GOLDEN.get("slice_query");
    Universe universe = data.universe(List.of("OPS"));
    LocalDate from = LocalDate.parse(query.get("start").stringValue());
    LocalDate to = LocalDate.parse(query.get("end").stringValue());
    List<String> compared = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : query.properties()) {
      if (entry.getValue().isArray()) {
        same(compute(universe, entry.getKey(), from, to), entry.getValue());
        compared.add(entry.getKey());
      }
    }
    assertThat(compared).containsExactly("Mean($x,3)", "Ref($x,-2)");
  }

  private static Panel compute(Universe universe, String expression, LocalDate from, LocalDate to) {
    FactorSet factors = FactorSet.of(List.of("f"), List.of(expression));
    return new FactorEngine(1).compute(data, universe, factors, from, to);
  }

  private static void same(Panel panel, JsonNode expected) {
    assertThat(panel.days()).hasSize(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      CrossSection day = panel.days().get(i);
      double value = Golden.number(expected.get(i));
      if (Double.isNaN(value) || Double.isInfinite(value)) {
        assertThat(day.values()).as("%s", day.date()).containsExactly((float) value);
      } else {
        assertThat((double) day.values()[0])
            .as("%s", day.date())
            .isCloseTo(value, offset(1e-6 * Math.max(1, Math.abs(value))));
      }
    }
  }
}
