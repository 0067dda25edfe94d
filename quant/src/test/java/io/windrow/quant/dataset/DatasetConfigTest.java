package io.windrow.quant.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.quant.definition.DateRange;
import io.windrow.quant.definition.Problem;
import io.windrow.quant.definition.Problem.Severity;
import io.windrow.quant.factor.FactorSet;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is allowed in a dataset and hardly meant. */
class DatasetConfigTest {

  private static final DateRange TRAIN = days("2008-01-01", "2014-12-31");
  private static final DateRange TEST = days("2017-01-01", "2020-08-01");
  private static final FactorSet LABEL =
      FactorSet.of(List.of("LABEL0"), List.of("Ref($close, -2)/Ref($close, -1) - 1"));

  private static DateRange days(String first, String last) {
    return new DateRange(LocalDate.parse(first), LocalDate.parse(last));
  }

  private static DatasetConfig dataset(FactorSet features, Map<String, DateRange> segments) {
    return new DatasetConfig(
        new HandlerConfig(
            new Instruments("all", List.of(), List.of(), "filter_pipe"),
            DateRange.ALL,
            features,
            LABEL,
            List.of(),
            List.of(),
            List.of(),
            true),
        segments);
  }

  private static List<String> doubts(FactorSet features) {
    List<Problem> doubts = dataset(features, Map.of("train", TRAIN, "test", TEST)).doubts();
    assertThat(doubts).allMatch(problem -> problem.severity() == Severity.DOUBT);
    assertThat(doubts).noneMatch(Problem::prevents);
    return doubts.stream().map(Problem::message).toList();
  }

  @Test
  void features_that_read_the_future_are_named_with_their_days() {
    FactorSet features =
        FactorSet.of(
            List.of("PAST", "NEXT", "LATER"),
            List.of(
                "Ref($close, 5)/$close",
                "Ref($close, -1)/$close",
                "Mean(Ref($close, -3), 2) - Ref($open, -1)"));

    assertThat(doubts(features))
        .containsExactly(
            "factor NEXT reads 1 day ahead: Ref($close, -1)/$close; factor LATER reads 3 days ahead:"
                + " Mean(Ref($close, -3), 2) - Ref($open, -1); on the day of a prediction nobody"
                + " knows that");
  }

  @Test
  void many_of_them_are_counted() {
    List<String> names = IntStream.rangeClosed(1, 9).mapToObj(i -> "F" + i).toList();
    List<String> expressions =
        IntStream.rangeClosed(1, 9).mapToObj(i -> "Ref($close, -" + i + ")").toList();

    assertThat(doubts(FactorSet.of(names, expressions)))
        .singleElement()
        .satisfies(
            message ->
                assertThat(message)
                    .contains("factor F5 reads 5 days ahead: Ref($close, -5); and 4 more;")
                    .doesNotContain("F6"));
  }

  @Test
  void labels_and_qlibs_own_sets_are_above_doubt() {
    assertThat(doubts(FactorSet.alpha158())).isEmpty();
    assertThat(doubts(FactorSet.alpha360())).isEmpty();
  }

  @Test
  void segments_that_touch_are_fine_and_those_that_share_a_day_are_not() {
    DateRange valid = days("2015-01-01", "2016-12-31");
    Map<String, DateRange> apart = Map.of("train", TRAIN, "valid", valid, "test", TEST);
    assertThat(dataset(LABEL, apart).doubts())
        .noneMatch(doubt -> doubt.path().contains("segments"));

    Map<String, DateRange> shared =
        Map.of(
            "train",
            new DateRange(null, LocalDate.parse("2015-01-01")),
            "valid",
            valid,
            "test",
            new DateRange(LocalDate.parse("2016-12-31"), null));
    assertThat(dataset(FactorSet.alpha158(), shared).doubts())
        .extracting(Problem::toString)
        .containsExactly(
            "dataset.kwargs.segments.valid: shares days, 2015-01-01..2015-01-01 with train: figures"
                + " on days that a model was fitted to say little",
            "dataset.kwargs.segments.test: shares days, 2016-12-31..2016-12-31 with valid: figures"
                + " on days that a model was fitted to say little");
  }
}
