package io.windrow.quant.record;

import io.windrow.quant.backtest.Backtest;
import io.windrow.quant.backtest.BacktestResult;
import io.windrow.quant.backtest.BacktestSettings;
import io.windrow.quant.backtest.PortfolioAnalysis;
import io.windrow.quant.backtest.Region;
import io.windrow.quant.data.DataStore;
import io.windrow.quant.definition.DateRange;
import io.windrow.quant.definition.DefinitionException;
import io.windrow.quant.definition.Placeholders;
import io.windrow.quant.definition.Problem;
import io.windrow.quant.definition.Section;
import io.windrow.quant.evaluate.ScoreSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The back-test that the records of rolling tasks ask for, to be run on the one series that their
 * predictions come to: Qlib's {@code Rolling} evaluates that series, not the windows.
 *
 * @param providerUri folder of the data as the definitions name it
 * @param settings of the back-test
 */
public record SeriesBacktest(String providerUri, BacktestSettings settings) {

  private static final String RECORD = "PortAnaRecord";

  /**
   * What came of it.
   *
   * @param result the days
   * @param analysis their summary
   */
  public record Outcome(BacktestResult result, PortfolioAnalysis analysis) {}

  /** Whether a definition's records have a PortAnaRecord. */
  public static boolean isAskedFor(Map<String, ?> definition) {
    Object records = definition.get("record");
    return records instanceof List<?> list
        ? list.stream().anyMatch(SeriesBacktest::isAsking)
        : isAsking(records);
  }

  private static boolean isAsking(@Nullable Object record) {
    Object name = record instanceof Map<?, ?> map ? map.get("class") : record;
    return name instanceof String text && text.substring(text.lastIndexOf('.') + 1).equals(RECORD);
  }

  /**
   * Reads the first PortAnaRecord of a definition, and no more of it than that needs: the model may
   * be one that only another program can train.
   *
   * @return empty if there is none
   * @throws DefinitionException if it cannot be run
   */
  public static Optional<SeriesBacktest> of(Map<String, ?> definition) {
    if (!isAskedFor(definition)) {
      return Optional.empty();
    }
    List<Problem> problems = new ArrayList<>();
    Map<String, @Nullable Object> filled = Placeholders.fill(definition, problems);
    problems.removeIf(problem -> !problem.path().startsWith("record"));
    Section root = Section.root(filled, problems);
    Section init = root.section("qlib_init");
    Optional<String> uri = init.text("provider_uri");
    Region region = Region.of(init.text("region").orElse(""));
    Optional<BacktestSettings> settings =
        root.sections("record").stream()
            .filter(section -> isAsking(section.raw("class")))
            .findFirst()
            .flatMap(section -> PortAnaArguments.read(section.optionalSection("kwargs"), region));
    if (uri.isEmpty()) {
      init.problem("provider_uri", "is missing: name the folder of the data");
    }
    if (uri.isEmpty() || settings.isEmpty() || problems.stream().anyMatch(Problem::prevents)) {
      throw new DefinitionException(problems);
    }
    return Optional.of(new SeriesBacktest(uri.get(), settings.get()));
  }

  /**
   * The one back-test of several windows: over the days of all, where each names its own.
   *
   * @return empty if they differ in more than that
   */
  public Optional<SeriesBacktest> with(SeriesBacktest other) {
    DateRange days = settings.days().span(other.settings.days());
    SeriesBacktest joined = new SeriesBacktest(providerUri, settings.over(days));
    return joined.equals(new SeriesBacktest(other.providerUri, other.settings.over(days)))
        ? Optional.of(joined)
        : Optional.empty();
  }

  /**
   * Runs it.
   *
   * @param data of the folder
   * @param predictions what to trade on
   * @throws io.windrow.quant.data.DataException if the data lacks what is asked for, or is broken
   */
  public Outcome run(DataStore data, ScoreSeries predictions) {
    BacktestResult result = Backtest.run(data, predictions, settings);
    return new Outcome(result, PortfolioAnalysis.of(result, settings.weighting()));
  }
}
