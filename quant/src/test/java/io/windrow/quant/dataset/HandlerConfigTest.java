package io.windrow.quant.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.quant.definition.DateRange;
import io.windrow.quant.definition.Problem;
import io.windrow.quant.definition.Section;
import io.windrow.quant.factor.FactorSet;
import io.windrow.quant.processor.Processor;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandlerConfigTest {

  private static final String LABEL = "Ref($close, -2)/Ref($close, -1) - 1";
  private static final Map<String, Object> FIT =
      Map.of("fit_start_time", "2008-01-01", "fit_end_time", "2014-12-31");

  private final List<Problem> problems = new ArrayList<>();

  private Optional<HandlerConfig> read(String type, Map<String, ?> kwargs) {
    return HandlerConfig.read(
        Section.root(Map.of("class", type, "kwargs", new HashMap<>(kwargs)), problems));
  }

  private static Map<String, Object> loader(String type, Map<String, ?> kwargs) {
    return Map.of("data_loader", Map.of("class", type, "kwargs", kwargs));
  }

  private static Map<String, Object> qlibLoader(Object feature, Object label) {
    return loader("QlibDataLoader", Map.of("config", Map.of("feature", feature, "label", label)));
  }

  private static Map<String, Object> with(Map<String, Object> kwargs, String key, Object value) {
    Map<String, Object> more = new HashMap<>(kwargs);
    more.put(key, value);
    return more;
  }

  private static List<String> names(List<Processor> processors) {
    return processors.stream().map(processor -> processor.getClass().getSimpleName()).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "Alpha158, 158, close, 0",
    "Alpha158vwap, 158, vwap, 0",
    "Alpha360, 360, close, 3",
    "Alpha360vwap, 360, vwap, 3"
  })
  void handlersBringTheirFactorsLabelsAndProcessors(
      String type, int width, String field, int infer) {
    HandlerConfig handler = read(type, FIT).orElseThrow();

    assertThat(problems).isEmpty();
    assertThat(handler.features())
        .isEqualTo(width == 158 ? FactorSet.alpha158() : FactorSet.alpha360());
    assertThat(handler.labels())
        .isEqualTo(FactorSet.of(List.of("LABEL0"), List.of(LABEL.replace("close", field))));
    assertThat(names(handler.infer()))
        .isEqualTo(List.of("ProcessInf", "ZScoreNorm", "Fillna").subList(0, infer));
    assertThat(names(handler.learn())).containsExactly("Dropna", "CSZScoreNorm");
    assertThat(handler.shared()).isEmpty();
    assertThat(handler.append()).isTrue();
    assertThat(handler.instruments().market()).isEqualTo("csi500");
  }

  @Test
  void alpha360NeedsTheDaysItIsFittedOn() {
    read("Alpha360", Map.of());

    assertThat(problems)
        .extracting(Problem::message)
        .containsExactly(
            "needs the days it is fitted on: give the handler fit_start_time and fit_end_time");
  }

  @Test
  void sharedProcessorsDoNotGetTheHandlersFitDays() {
    read("Alpha158", with(FIT, "shared_processors", List.of("ZScoreNorm")));

    assertThat(problems)
        .extracting(Problem::toString)
        .containsExactly(
            "kwargs.shared_processors.0.kwargs: needs the days it is fitted on: give it"
                + " fit_start_time and fit_end_time");
  }

  @Test
  void aGenericHandlerComputesWhatItsLoaderNames() {
    Map<String, Object> kwargs =
        with(
            qlibLoader(
                List.of(List.of("$close/$open", "Mean($close, 5)"), List.of("RATIO", "MA5")),
                List.of(LABEL)),
            "infer_processors",
            List.of(Map.of("class", "ZScoreNorm", "kwargs", FIT)));

    HandlerConfig handler = read("DataHandlerLP", kwargs).orElseThrow();

    assertThat(problems).isEmpty();
    assertThat(handler.features())
        .isEqualTo(
            FactorSet.of(List.of("RATIO", "MA5"), List.of("$close/$open", "Mean($close, 5)")));
    assertThat(handler.labels()).isEqualTo(FactorSet.of(List.of(LABEL), List.of(LABEL)));
    assertThat(names(handler.infer())).containsExactly("ZScoreNorm");
    assertThat(handler.learn()).isEmpty();
    assertThat(handler.days()).isEqualTo(DateRange.ALL);
    assertThat(handler.instruments().market()).isEqualTo("all");
  }

  @Test
  void aHandlerWithoutProcessorsTakesNone() {
    Map<String, Object> kwargs = qlibLoader(List.of("$close"), List.of(LABEL));

    HandlerConfig handler =
        read("DataHandler", with(kwargs, "end_time", "2020-01-31")).orElseThrow();

    assertThat(problems).isEmpty();
    assertThat(handler.days()).isEqualTo(new DateRange(null, LocalDate.of(2020, 1, 31)));
    assertThat(handler.infer()).isEmpty();

    read("DataHandler", with(kwargs, "learn_processors", List.of("DropnaLabel")));
    read("DataHandlerLP", with(kwargs, "fit_start_time", "2008-01-01"));
    assertThat(problems)
        .extracting(Problem::path)
        .containsExactly("kwargs.learn_processors", "kwargs.fit_start_time");
  }

  @Test
  void loadersOfFactorSetsTakeALabel() {
    HandlerConfig handler =
        read(
                "DataHandlerLP",
                loader("Alpha360DL", Map.of("config", Map.of("label", List.of(LABEL)))))
            .orElseThrow();

    assertThat(problems).isEmpty();
    assertThat(handler.features()).isEqualTo(FactorSet.alpha360());
  }

  @Test
  void nestedLoadersJoinTheirColumnsSorted() {
    Map<String, Object> label =
        Map.of("config", Map.of("label", List.of(List.of(LABEL), List.of("LABEL0"))));

    HandlerConfig handler =
        read(
                "DataHandlerLP",
                loader(
                    "NestedDataLoader",
                    Map.of(
                        "dataloader_l",
                        List.of(
                            Map.of("class", "qlib.contrib.data.loader.Alpha158DL"),
                            Map.of(
                                "class", "qlib.contrib.data.loader.Alpha360DL", "kwargs", label)))))
            .orElseThrow();

    assertThat(problems).isEmpty();
    // OPEN0, HIGH0, LOW0 and VWAP0 are in both.
    assertThat(handler.features().names())
        .hasSize(158 + 360 - 4)
        .containsAll(FactorSet.alpha158().names())
        .containsAll(FactorSet.alpha360().names())
        .isSorted();
    assertThat(handler.labels().names()).containsExactly("LABEL0");
  }

  @Test
  void saysWhatIsWrongWithALoader() {
    read("DataHandlerLP", Map.of());
    read("DataHandlerLP", loader("QlibDataLoader", Map.of("config", List.of("$close"))));
    read(
        "DataHandlerLP",
        loader("QlibDataLoader", Map.of("config", Map.of("label", List.of("$close")))));
    read("DataHandlerLP", qlibLoader(List.of("Maen($close, 5)"), List.of(LABEL)));
    read("DataHandlerLP", qlibLoader(List.of(List.of("$close")), List.of(LABEL)));
    read("DataHandlerLP", qlibLoader(Collections.nCopies(2_001, "$close"), List.of(LABEL)));
    read("DataHandlerLP", loader("StaticDataLoader", Map.of()));

    assertThat(problems)
        .extracting(Problem::toString)
        .satisfiesExactly(
            text -> assertThat(text).startsWith("kwargs.data_loader: is missing"),
            text ->
                assertThat(text)
                    .startsWith("kwargs.data_loader.kwargs.config: has no groups: write {feature:"),
            text ->
                assertThat(text).startsWith("kwargs.data_loader.kwargs: gives no group feature"),
            text ->
                assertThat(text)
                    .startsWith("kwargs.data_loader.kwargs.config.feature.0: ")
                    .contains("did you mean 'Mean'"),
            text ->
                assertThat(text)
                    .startsWith("kwargs.data_loader.kwargs.config.feature: must be a list of"),
            text -> assertThat(text).contains("has 2001 columns, more than 2000"),
            text ->
                assertThat(text).startsWith("kwargs.data_loader.class: unknown data loader class"));
  }

  @Test
  void processorsMustLeaveTheSameFeaturesToLearnAndToPredictFrom() {
    Map<String, Object> kwargs = qlibLoader(List.of("$close", "$open"), List.of(LABEL));
    Map<String, Object> drop =
        Map.of("class", "DropCol", "kwargs", Map.of("col_list", List.of("$open")));

    read("DataHandlerLP", with(kwargs, "shared_processors", List.of(drop)));
    read("DataHandlerLP", with(kwargs, "infer_processors", List.of(drop)));
    assertThat(problems).isEmpty();

    read("DataHandlerLP", with(kwargs, "learn_processors", List.of(drop)));
    read(
        "DataHandlerLP",
        with(with(kwargs, "infer_processors", List.of(drop)), "process_type", "independent"));
    read("DataHandlerLP", with(kwargs, "shared_processors", List.of("FilterCol")));

    assertThat(problems)
        .extracting(Problem::toString)
        .satisfiesExactly(
            text ->
                assertThat(text)
                    .startsWith("kwargs.learn_processors: drop other features")
                    .contains("learns from 1 columns and would predict from 2"),
            text -> assertThat(text).contains("learns from 2 columns and would predict from 1"),
            text -> assertThat(text).endsWith("leave no feature column"));
  }
}
