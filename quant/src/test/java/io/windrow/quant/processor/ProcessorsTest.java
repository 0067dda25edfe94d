package io.windrow.quant.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.windrow.quant.definition.DateRange;
import io.windrow.quant.definition.Problem;
import io.windrow.quant.definition.Section;
import io.windrow.quant.panel.CrossSection;
import io.windrow.quant.panel.FeatureLabelPanel;
import io.windrow.quant.panel.Panel;
import io.windrow.quant.panel.PanelEditor;
import io.windrow.quant.parallel.ParallelLoop;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class ProcessorsTest {

  private static final DateRange FIT =
      new DateRange(LocalDate.of(2020, 1, 2), LocalDate.of(2020, 1, 3));
  private static final Map<String, Object> FEATURE = Map.of("fields_group", "feature");
  private static final Map<String, Object> LABEL = Map.of("fields_group", "label");

  private final MicroTable micro = new MicroTable();
  private final List<Problem> problems = new ArrayList<>();

  static Stream<Arguments> outputs() {
    Map<String, Object> robust = Map.of("fields_group", "feature", "method", "robust");
    Map<String, Object> open = Map.of("fields_group", "feature", "clip_outlier", false);
    Map<String, Object> everything = new HashMap<>();
    everything.put("fields_group", null);
    return Stream.of(
        Arguments.of("ProcessInf", "ProcessInf", Map.of()),
        Arguments.of("DropnaLabel", "DropnaLabel", Map.of()),
        Arguments.of("Fillna(feature,0)", "Fillna", FEATURE),
        Arguments.of("Fillna(None,0)", "Fillna", everything),
        Arguments.of("CSZScoreNorm(label)", "CSZScoreNorm", LABEL),
        Arguments.of("CSZScoreNorm(feature) on finite", "CSZScoreNorm", FEATURE),
        Arguments.of("CSZScoreNorm(feature,robust) on finite", "CSZScoreNorm", robust),
        Arguments.of("CSRankNorm(label)", "CSRankNorm", LABEL),
        Arguments.of("CSRankNorm(feature)", "CSRankNorm", FEATURE),
        Arguments.of("CSZFillna(feature) on finite", "CSZFillna", FEATURE),
        Arguments.of("TanhProcess on finite", "TanhProcess", Map.of()),
        Arguments.of("RobustZScoreNorm(fit 01-02..01-03) on finite", "RobustZScoreNorm", FEATURE),
        Arguments.of(
            "RobustZScoreNorm_noclip(fit 01-02..01-03) on finite", "RobustZScoreNorm", open),
        Arguments.of("ZScoreNorm(fit 01-02..01-03) on finite", "ZScoreNorm", FEATURE),
        Arguments.of("MinMaxNorm(fit 01-02..01-03) on finite", "MinMaxNorm", FEATURE));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("outputs")
  void equalsQlibInSinglePrecision(String name, String type, Map<String, Object> kwargs) {
    FeatureLabelPanel input = micro.panel(name.endsWith("on finite"));
    List<List<Float>> before = copies(input);

    FeatureLabelPanel output = run(input, List.of(entry(type, kwargs)));

    assertThat(problems).isEmpty();
    assertEqual(output, micro.expected(name));
    assertThat(copies(input)).isEqualTo(before);
  }

  @Test
  void daysThatAreNotWrittenStayShared() {
    FeatureLabelPanel input = micro.panel(false);

    FeatureLabelPanel output = run(input, List.of(entry("DropnaLabel", Map.of())));

    // Only the first day has a missing label.
    assertThat(output.features().days().get(0).rows()).isEqualTo(4);
    assertThat(output.features().days().get(1)).isSameAs(input.features().days().get(1));
    assertThat(output.labels().days().get(2)).isSameAs(input.labels().days().get(2));
  }

  @Test
  void stepsWorkOnWhatTheLastOneLeft() {
    FeatureLabelPanel output =
        run(
            micro.panel(true),
            List.of(
                entry("RobustZScoreNorm", FEATURE),
                entry("Fillna", FEATURE),
                entry("DropnaLabel", Map.of()),
                entry("CSZScoreNorm", LABEL)));

    assertThat(output.rows()).isEqualTo(14);
    assertThat(output.features().days().get(2).values()[0]).isZero();
    assertThat(output.features().days().get(0).values()[2]).isEqualTo(3f);
    assertThat(output.labels().days().get(0).values()[0]).isCloseTo(0.21004201f, within(1e-6f));
  }

  @Test
  void fitsOnNoDayOutsideTheHandler() {
    List<Processor> wide = read(List.of(entry("ZScoreNorm", FEATURE)));
    DateRange firstDay = new DateRange(null, LocalDate.of(2020, 1, 2));

    assertThat(wide.get(0).within(firstDay))
        .isEqualTo(
            new ZScoreNorm(
                FieldsGroup.FEATURE,
                new DateRange(LocalDate.of(2020, 1, 2), LocalDate.of(2020, 1, 2))));
  }

  @Test
  void reportsUnknownClassesAndArguments() {
    List<Processor> processors =
        read(
            List.of(
                entry("CSRankNrom", Map.of()),
                entry("Fillna", Map.of("fil_value", 0)),
                entry("CSZScoreNorm", Map.of("method", "madness", "fields_group", "labels")),
                Map.of("class", "Fillna", "module_path", "os")));

    assertThat(processors).hasSize(2);
    assertThat(problems)
        .extracting(Problem::toString)
        .satisfiesExactly(
            text ->
                assertThat(text)
                    .startsWith("p.0.class: unknown processor class 'CSRankNrom'")
                    .contains("did you mean 'CSRankNorm'"),
            text ->
                assertThat(text)
                    .startsWith("p.1.kwargs.fil_value: is not known here")
                    .contains("did you mean 'fill_value'"),
            text ->
                assertThat(text).startsWith("p.2.kwargs.method: must be one of [zscore, robust]"),
            text -> assertThat(text).contains("did you mean 'label'"),
            text -> assertThat(text).startsWith("p.3.module_path: 'os' is not a module of Qlib"));
  }

  @Test
  void fittedProcessorNeedsItsDays() {
    Section root = Section.root(Map.of("p", List.of("RobustZScoreNorm")), problems);

    List<Processor> processors = Processors.read(root.sections("p"), new FitDays(DateRange.ALL));

    assertThat(processors).hasSize(1);
    assertThat(problems).extracting(Problem::path).containsExactly("p.0.kwargs");
    assertThat(problems.get(0).message()).contains("fit_start_time");
  }

  @Test
  void aProcessorMayHaveToNameItsOwnDays() {
    Map<String, Object> open = new HashMap<>();
    open.put("fit_start_time", null);
    open.put("fit_end_time", "2020-01-02");
    Section root =
        Section.root(
            Map.of(
                "p",
                List.of(
                    entry("ZScoreNorm", open),
                    entry("ZScoreNorm", Map.of("fit_end_time", "2020-01-02")),
                    entry(
                        "MinMaxNorm",
                        Map.of("fit_start_time", "2020-01-03", "fit_end_time", "2020-01-02")))),
            problems);

    List<Processor> processors = Processors.read(root.sections("p"), FitDays.OWN);

    assertThat(processors.get(0))
        .isEqualTo(new ZScoreNorm(FieldsGroup.ALL, new DateRange(null, LocalDate.of(2020, 1, 2))));
    assertThat(problems)
        .extracting(Problem::toString)
        .containsExactly(
            "p.1.kwargs: needs the days it is fitted on: give it fit_start_time and fit_end_time",
            "p.2.kwargs.fit_end_time: is before fit_start_time");
  }

  @Test
  void columnsAreDroppedByName() {
    FeatureLabelPanel input = micro.panel(true);

    FeatureLabelPanel output =
        run(input, List.of(entry("DropCol", Map.of("col_list", List.of("F0", "F9")))));

    assertThat(problems).isEmpty();
    assertThat(output.features().columns()).containsExactly("F1");
    assertThat(output.labels()).isEqualTo(input.labels());
    assertThat(input.features().columns()).containsExactly("F0", "F1");
    for (int day = 0; day < MicroTable.DAYS; day++) {
      for (int row = 0; row < MicroTable.ROWS; row++) {
        assertThat(Float.valueOf(output.features().days().get(day).values()[row]))
            .isEqualTo(Float.valueOf(input.features().days().get(day).values()[row * 2 + 1]));
      }
    }
  }

  @Test
  void columnsOfAGroupAreKeptByName() {
    FeatureLabelPanel input = micro.panel(true);

    assertThat(columns(input, Map.of("col_list", List.of("F1")))).containsExactly("F1", "LABEL0");
    assertThat(columns(input, Map.of("fields_group", "label", "col_list", List.of())))
        .containsExactly("F0", "F1");
    Map<String, Object> all = new HashMap<>(Map.of("col_list", List.of("F0")));
    all.put("fields_group", null);
    assertThat(columns(input, all)).containsExactly("F0");
  }

  private List<String> columns(FeatureLabelPanel input, Map<String, Object> kwargs) {
    FeatureLabelPanel output = run(input, List.of(entry("FilterCol", kwargs)));
    return Stream.concat(output.features().columns().stream(), output.labels().columns().stream())
        .toList();
  }

  @Test
  void tanhLeavesColumnsThatAreCalledLabel() {
    FeatureLabelPanel input = micro.panel(true);
    Panel labels = input.labels();
    FeatureLabelPanel renamed =
        new FeatureLabelPanel(
            new Panel(List.of("F0", "MY_LABEL"), labels.symbols(), input.features().days()),
            new Panel(List.of("return"), labels.symbols(), labels.days()));

    FeatureLabelPanel output = run(renamed, List.of(entry("TanhProcess", Map.of())));

    float[] before = input.features().days().get(1).values();
    float[] after = output.features().days().get(1).values();
    for (int i = 0; i < after.length; i += 2) {
      assertThat(Float.valueOf(after[i]))
          .isEqualTo(Float.valueOf((float) Math.tanh(before[i] - 1d)));
      assertThat(Float.valueOf(after[i + 1])).isEqualTo(Float.valueOf(before[i + 1]));
    }
    assertThat(Float.valueOf(output.labels().days().get(1).values()[0]))
        .isEqualTo(Float.valueOf((float) Math.tanh(labels.days().get(1).values()[0] - 1d)));
  }

  @Test
  void groupsMayBeListedWhereQlibTakesAList() {
    List<Processor> processors =
        read(
            List.of(
                entry("Fillna", Map.of("fields_group", List.of("label"))),
                entry("CSZScoreNorm", Map.of("fields_group", List.of("feature", "label"))),
                entry("Fillna", Map.of("fields_group", List.of("labels"))),
                entry("CSRankNorm", Map.of("fields_group", List.of("feature"))),
                entry("HashStockFormat", Map.of())));

    assertThat(processors.get(0)).isEqualTo(new Fillna(FieldsGroup.LABEL, 0));
    assertThat(processors.get(1)).isEqualTo(new CSZScoreNorm(FieldsGroup.ALL, false));
    assertThat(problems)
        .extracting(Problem::path)
        .containsExactly("p.2.kwargs.fields_group", "p.3.kwargs.fields_group");
  }

  @Test
  void threadsChangeNothing() {
    List<Map<String, Object>> entries =
        List.of(
            entry("RobustZScoreNorm", FEATURE),
            entry("FilterCol", Map.of("col_list", List.of("F1"))),
            entry("DropnaLabel", Map.of()),
            entry("CSRankNorm", LABEL));
    PanelEditor editor = new PanelEditor(micro.panel(true), new ParallelLoop(3));

    read(entries).forEach(processor -> processor.process(editor));

    assertThat(copies(editor.toPanel())).isEqualTo(copies(run(micro.panel(true), entries)));
  }

  private static Map<String, Object> entry(String type, Map<String, Object> kwargs) {
    return Map.of("class", type, "kwargs", kwargs);
  }

  private List<Processor> read(List<Map<String, Object>> entries) {
    Section root = Section.root(Map.of("p", entries), problems);
    return Processors.read(root.sections("p"), new FitDays(FIT));
  }

  private FeatureLabelPanel run(FeatureLabelPanel input, List<Map<String, Object>> entries) {
    PanelEditor editor = new PanelEditor(input);
    read(entries).forEach(processor -> processor.process(editor));
    return editor.toPanel();
  }

  private static List<List<Float>> copies(FeatureLabelPanel panel) {
    List<List<Float>> copies = new ArrayList<>();
    for (Panel side : List.of(panel.features(), panel.labels())) {
      for (CrossSection day : side.days()) {
        List<Float> values = new ArrayList<>();
        for (float value : day.values()) {
          values.add(value);
        }
        copies.add(values);
      }
    }
    return copies;
  }

  private void assertEqual(FeatureLabelPanel output, JsonNode expected) {
    assertThat(output.rows()).isEqualTo(expected.get("index").size());
    int line = 0;
    for (int day = 0; day < output.features().days().size(); day++) {
      CrossSection features = output.features().days().get(day);
      CrossSection labels = output.labels().days().get(day);
      for (int row = 0; row < features.rows(); row++, line++) {
        String symbol = output.features().symbols().get(features.instruments()[row]);
        assertThat(symbol).isEqualTo(expected.get("index").get(line).get(1).stringValue());
        JsonNode values = expected.get("values").get(line);
        assertClose(features.values()[row * 2], values.get(0));
        assertClose(features.values()[row * 2 + 1], values.get(1));
        assertClose(labels.values()[row], values.get(2));
      }
    }
  }

  private static void assertClose(float actual, JsonNode expected) {
    double value = io.windrow.quant.Golden.number(expected);
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      assertThat(Float.valueOf(actual)).isEqualTo(Float.valueOf((float) value));
    } else {
      assertThat((double) actual).isCloseTo(value, within(1e-6 * (1 + Math.abs(value))));
    }
  }
}
