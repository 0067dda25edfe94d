package io.windrow.collector.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.windrow.collector.ensemble.Results.Keyed;
import io.windrow.collector.ensemble.Results.One;
import io.windrow.quant.evaluate.ScoreSeries;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AverageEnsembleTest {
  private static final LocalDate DAY = LocalDate.of(2020, 1, 2);

  private final GoldenFrames golden = new GoldenFrames();

  AverageEnsembleTest() throws IOException {}

  @Test
  void averagesAsQlibDoes() {
    ScoreSeries average =
        AverageEnsemble.average(
            List.of(golden.frame("rolling_ensemble", "A"), golden.frame("rolling_ensemble", "B")));

    assertClose(average, golden.frame("average_ensemble", "{A,B}"));
  }

  @Test
  void averagesNestedResultsAsQlibDoes() {
    Results<ScoreSeries> nested =
        new Keyed<>(
            Map.of(
                "outer",
                Results.of(
                    Map.of(
                        "a", golden.frame("rolling_ensemble", "A"),
                        "b", golden.frame("rolling_ensemble", "B")))));

    Results<ScoreSeries> average = new AverageEnsemble().apply(nested);

    assertThat(average).isInstanceOf(One.class);
    assertClose(average.flat().get(List.of()), golden.frame("average_ensemble", "nested"));
  }

  /** By hand: 1, 2, 3 become -1, 0, 1; 30, 10 become 0.70710678, -0.70710678. */
  @Test
  void standardisesEachMemberByDayAndLeavesOutWhatIsMissing() {
    ScoreSeries whole = series(1, 2, 3);
    ScoreSeries gappy = series(30, Double.NaN, 10);

    ScoreSeries average = AverageEnsemble.average(List.of(whole, gappy));

    double half = Math.sqrt(0.5);
    assertClose(average, series((-1 + half) / 2, 0, (1 - half) / 2));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 1, 7e10})
  void givesNoNumberWhereThereIsNoSpread(double same) {
    assertClose(
        AverageEnsemble.average(List.of(series(same, same, same))),
        series(Double.NaN, Double.NaN, Double.NaN));
    assertClose(AverageEnsemble.average(List.of(series(same))), series(Double.NaN));
  }

  @Test
  void hasARowWhereAnyMemberHasOne() {
    ScoreSeries late =
        ScoreSeries.builder().add(DAY.plusDays(1), "S0", 5).add(DAY.plusDays(1), "X", 7).build();

    ScoreSeries average = AverageEnsemble.average(List.of(late, series(1, 3)));

    double half = Math.sqrt(0.5);
    assertClose(
        average,
        ScoreSeries.builder()
            .add(DAY, "S0", -half)
            .add(DAY, "S1", half)
            .add(DAY.plusDays(1), "S0", -half)
            .add(DAY.plusDays(1), "X", half)
            .build());
  }

  @Provide
  Arbitrary<List<ScoreSeries>> members() {
    return Windows.any().list().ofMinSize(2).ofMaxSize(5);
  }

  @Property
  void doesNotDependOnTheOrderOfItsMembersNorOnTheirScale(
      @ForAll("members") List<ScoreSeries> members, @ForAll Random chance) {
    List<ScoreSeries> scaled = new ArrayList<>();
    for (ScoreSeries member : members) {
      scaled.add(affine(member, 1 + chance.nextInt(9), chance.nextGaussian()));
    }
    ScoreSeries expected = AverageEnsemble.average(members);
    Collections.shuffle(scaled, chance);

    assertClose(AverageEnsemble.average(scaled), expected);
  }

  @Test
  void refusesASingleResult() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AverageEnsemble().apply(new One<>(series(1, 2))));
  }

  @Test
  void unwrapsSingleKeysAsQlibDoes() {
    Keyed<Integer> deep = keyed("a", keyed("b", keyed("c", new One<>(1))));
    Map<Object, Integer> two = new LinkedHashMap<>();
    two.put("b", golden.section("single_key").get("2").get("b").asInt());
    two.put("c", golden.section("single_key").get("2").get("c").asInt());

    assertThat(new SingleKeyEnsemble<Integer>(true).apply(deep))
        .isEqualTo(new One<>(golden.section("single_key").get("1").asInt()));
    assertThat(new SingleKeyEnsemble<Integer>(true).apply(keyed("a", Results.of(two))))
        .isEqualTo(Results.of(two));
    assertThat(new SingleKeyEnsemble<Integer>(false).apply(deep))
        .isEqualTo(keyed("b", keyed("c", new One<>(1))));
    assertThat(new SingleKeyEnsemble<Integer>(true).apply(new Keyed<>(Map.of())))
        .isEqualTo(new Keyed<Integer>(Map.of()));
    assertThat(golden.section("single_key").get("3").toString()).isEqualTo("{\"b\":{\"c\":1}}");
    assertThat(golden.section("single_key").get("4").isEmpty()).isTrue();
  }

  /** Measured on Qlib: the tuple of the outer keys is the first part of the inner key. */
  @Test
  void nestsFlatKeysToTheLeft() {
    Keyed<Integer> nested = keyed("c", keyed("b", keyed("x", new One<>(5))));

    assertThat(nested.flat()).containsExactly(Map.entry(List.of(List.of("c", "b"), "x"), 5));
    assertThat(nested.paths()).containsExactly(Map.entry(List.of("c", "b", "x"), 5));
    assertThat(keyed("k", new One<>(1)).flat()).containsExactly(Map.entry("k", 1));
  }

  private static Keyed<Integer> keyed(String key, Results<Integer> value) {
    return new Keyed<>(Map.of(key, value));
  }

  private static ScoreSeries series(double... values) {
    ScoreSeries.Builder rows = ScoreSeries.builder();
    for (int i = 0; i < values.length; i++) {
      rows.add(DAY, "S" + i, values[i]);
    }
    return rows.build();
  }

  private static ScoreSeries affine(ScoreSeries series, double factor, double shift) {
    ScoreSeries.Builder rows = ScoreSeries.builder();
    for (int row = 0; row < series.size(); row++) {
      rows.add(series.date(row), series.instrument(row), factor * series.value(row) + shift);
    }
    return rows.build();
  }

  private static void assertClose(ScoreSeries actual, ScoreSeries expected) {
    assertThat(actual.size()).isEqualTo(expected.size());
    for (int row = 0; row < expected.size(); row++) {
      assertThat(actual.date(row)).isEqualTo(expected.date(row));
      assertThat(actual.instrument(row)).isEqualTo(expected.instrument(row));
      if (Double.isNaN(expected.value(row))) {
        assertThat(actual.value(row)).isNaN();
      } else {
        assertThat(actual.value(row)).isCloseTo(expected.value(row), within(1e-12));
      }
    }
  }
}
