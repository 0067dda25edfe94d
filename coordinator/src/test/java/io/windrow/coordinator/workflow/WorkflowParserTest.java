package io.windrow.coordinator.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.windrow.coordinator.generate.NyseCalendar;
import io.windrow.coordinator.generate.RollType;
import io.windrow.coordinator.generate.Segment;
import io.windrow.quant.data.DataRoots;
import io.windrow.task.BackOff;
import io.windrow.task.Dependency.On;
import io.windrow.task.Isolation;
import io.windrow.task.Stage;
import io.windrow.task.Terms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkflowParserTest {
  @TempDir Path root;
  private WorkflowParser parser;

  @BeforeEach
  void marketWithCalendar() {
    MarketFolder.create(root, "market", NyseCalendar.days());
    parser = new WorkflowParser(new DataRoots(List.of(root)));
  }

  @Test
  void readsQlibsFileWithWindrowsSection() {
    Workflow workflow = parser.parse(WorkflowText.valid());

    assertThat(workflow.settings())
        .isEqualTo(
            new Settings(
                "us-rolling",
                "nightly",
                "research",
                5,
                new GenerationSettings(
                    Map.of(), null, new RollingSettings(550, RollType.SLIDING, null)),
                Map.of("ensemble", "rolling"),
                List.of(Stage.only("research", new Terms(2, null, null))),
                List.of(),
                false));
    assertThat(workflow.templates().get(0).json().keySet())
        .containsExactly("qlib_init", "model", "dataset", "record");
    assertThat(workflow.templates().get(0).json().get("qlib_init"))
        .isEqualTo(Map.of("provider_uri", "market", "region", "us"));
    assertThat(workflow.templates().get(0).segments().get("test"))
        .isEqualTo(new Segment(LocalDate.of(2017, 1, 1), LocalDate.of(2020, 8, 1)));
    assertThat(workflow.templates().get(0).handlerEnd()).isEqualTo(LocalDate.of(2020, 8, 1));
    assertThat(workflow.calendar()).isEqualTo(NyseCalendar.days());
    assertThat(workflow.knownDays()).isEqualTo(NyseCalendar.days());
  }

  @Test
  void takesQlibsDefaultsWithoutWindrowsSection() {
    String file = WorkflowText.valid();
    Workflow workflow = parser.parse(file.substring(0, file.indexOf("windrow:")));

    assertThat(workflow.settings())
        .isEqualTo(
            new Settings(
                "workflow",
                "workflow",
                "default",
                0,
                new GenerationSettings(Map.of(), null, null),
                Map.of("ensemble", "rolling"),
                List.of(Stage.only("default", Terms.DEFAULT)),
                List.of(),
                false));
  }

  @Test
  void readsRetryAndTimeout() {
    Settings settings =
        parser
            .parse(
                WorkflowText.with(
                    "    max_attempts: 2\n",
                    """
                        retry: {max_attempts: 7, first: 10s, max: 1h, jitter: 0.5}
                        timeout: 90m
                        isolation: process
                    """))
            .settings();

    assertThat(settings.stages().get(0).terms())
        .isEqualTo(
            new Terms(
                7,
                new BackOff(Duration.ofSeconds(10), Duration.ofHours(1), 0.5),
                Duration.ofMinutes(90),
                Isolation.PROCESS));
  }

  @Test
  void readsDependencies() {
    String id = "0123456789abcdef".repeat(4);
    List<DependencySettings> dependsOn =
        parser
            .parse(
                WorkflowText.with(
                    "    max_attempts: 2\n",
                    """
                        depends_on:
                          - {task: previous, when: IC > 0.02}
                          - {task: %s, on: always}
                    """
                        .formatted(id)))
            .settings()
            .dependsOn();

    assertThat(dependsOn)
        .containsExactly(
            new DependencySettings(null, On.SUCCESS, "IC > 0.02"),
            new DependencySettings(id, On.ALWAYS, null));
  }

  @Test
  void refusesDependenciesThatMakeNoSense() {
    assertThatThrownBy(
            () ->
                parser.parse(
                    WorkflowText.with(
                        "    max_attempts: 2\n",
                        """
                            depends_on:
                              - {task: yesterday}
                              - {task: previous, on: failure, when: IC > 0}
                              - {task: previous, when: IC.mean() > 0}
                        """)))
        .isInstanceOfSatisfying(
            WorkflowException.class,
            e ->
                assertThat(e.problems())
                    .extracting(WorkflowProblem::path)
                    .containsExactly(
                        "windrow.depends_on.0.task",
                        "windrow.depends_on.1.when",
                        "windrow.depends_on.2.when"));
  }

  @Test
  void aRetryThatOnlyCountsLeavesTheWaitToTheCluster() {
    Settings settings =
        parser
            .parse(WorkflowText.with("    max_attempts: 2\n", "    retry: {max_attempts: 5}\n"))
            .settings();

    assertThat(settings.stages().get(0).terms()).isEqualTo(new Terms(5, null, null));
  }

  @Test
  void refusesTermsThatMakeNoSense() {
    assertThatThrownBy(
            () ->
                parser.parse(
                    WorkflowText.with(
                        "    max_attempts: 2\n",
                        """
                            max_attempts: 2
                            retry: {max_attempts: 0, first: 1h, max: 1m, jitter: 2, wait: 3s}
                            timeout: soon
                            isolation: total
                        """)))
        .isInstanceOfSatisfying(
            WorkflowException.class,
            e ->
                assertThat(e.problems())
                    .extracting(WorkflowProblem::path)
                    .contains(
                        "windrow.max_attempts",
                        "windrow.retry.max_attempts",
                        "windrow.retry.jitter",
                        "windrow.retry.wait",
                        "windrow.timeout",
                        "windrow.isolation"));
  }

  @Test
  void readsTheFutureCalendar() throws IOException {
    Files.writeString(
        root.resolve("market/calendars/day_future.txt"),
        NyseCalendar.days().days().stream()
            .map(LocalDate::toString)
            .collect(Collectors.joining("\n", "", "\n2021-04-22\n")));

    Workflow workflow = parser.parse(WorkflowText.valid());

    assertThat(workflow.calendar().last()).isEqualTo(LocalDate.of(2021, 4, 21));
    assertThat(workflow.knownDays().last()).isEqualTo(LocalDate.of(2021, 4, 22));
  }

  @Test
  void mergeKeysGiveWayToOwnKeys() {
    String file =
        WorkflowText.with(
            "                kwargs: *data_handler_config\n",
            """
                            kwargs:
                                <<: *data_handler_config
                                end_time: 2019-12-31
            """);

    Workflow workflow = parser.parse(file);

    assertThat(workflow.templates().get(0).handlerEnd()).isEqualTo(LocalDate.of(2019, 12, 31));
    assertThat(workflow.templates().get(0).json().toString()).contains("fit_end_time=2014-12-31");
  }

  @Test
  void reportsThreeMistakesAtOnceWithTheirLines() {
    String file = WorkflowText.with("step: 550", "step: 0");
    file = WorkflowText.replace(file, "pool: nightly", "poool: nightly");
    file = WorkflowText.replace(file, "test: [2017-01-01, 2020-08-01]", "test: [2030-01-01, null]");

    assertThat(problems(file))
        .containsExactly(
            new WorkflowProblem(
                WorkflowText.line(file, "test: [2030"),
                "task.dataset.kwargs.segments.test",
                "holds no trading day: the segment is 2030-01-01..open, the calendar of the data"
                    + " runs from 2007-01-03 to 2021-04-21"),
            new WorkflowProblem(
                WorkflowText.line(file, "poool"),
                "windrow.poool",
                "is not known here (did you mean 'pool'?); known: collect, depends_on, experiment,"
                    + " grid, horizons, isolation, max_attempts, pool, priority, queue, retry,"
                    + " rolling, stages, strict, timeout"),
            new WorkflowProblem(
                WorkflowText.line(file, "step: 0"),
                "windrow.rolling.step",
                "must be a whole number from 1 to 100000, not '0'"));
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          step: 550                       | step: -5              | windrow.rolling.step | must be a whole number from 1
          step: 550                       | step: often           | windrow.rolling.step | must be a number
          type: sliding                   | type: slidng          | windrow.rolling.type | did you mean 'sliding'?
          queue: research                 | queue: Research!      | windrow.queue        | cannot be a queue
          max_attempts: 2                 | max_attempts: 0       | windrow.max_attempts | must be a whole number from 1 to 100
          priority: 5                     | pirority: 5           | windrow.pirority     | did you mean 'priority'?
          provider_uri: "market"          | provider_uri: gone    | qlib_init.provider_uri | there is no folder 'gone'
          provider_uri: "market"          | provider_uri: /etc    | qlib_init.provider_uri | lies under none of the data roots
          provider_uri: "market"          | provider_uri: ~/data  | qlib_init.provider_uri | lies under none
          provider_uri: "market"          | provider_uri: 5       | qlib_init.provider_uri | must be a text
          instruments: *market            | instruments: csi300   | task.dataset.kwargs.handler.kwargs.instruments | has no instrument list
          instruments: *market            | instruments: [NOPE, NADA] | task.dataset.kwargs.handler.kwargs.instruments | no bars of NADA, NOPE
          instruments: *market            | instruments: al     | task.dataset.kwargs.handler.kwargs.instruments | did you mean 'all'?
          region: us                      | region: mars          | qlib_init.region     | must be one of [cn, us, tw]
          instruments: *market            | instruments: []       | task.dataset.kwargs.handler.kwargs.instruments | is empty: name at least one
          `    record:`                   | `    records: [] \\n    record:` | task.records | did you mean 'record'?
          ann_scaler: 252                 | ann_scaler: <annual> | task.record.1.kwargs.ann_scaler | names nothing in the task
          max_depth: 8                    | max_depth: <MODEL>  | task.model.kwargs.max_depth | is filled in below record only
          max_depth: 8                    | max_depth: .nan     | task.model.kwargs.max_depth | not a value that JSON can hold
          train: [2008-01-01, 2014-12-31] | train: [1990-01-01, 1999-12-31] | task.dataset.kwargs.segments.train | holds no trading day
          `    record:`                   | `    recrod: [] \\n    record:`  | task.recrod | did you mean 'record'?
          """)
  void namesTheMistake(String text, String replacement, String path, String message) {
    String file = WorkflowText.with(text, replacement.replace("\\n", "\n"));

    List<WorkflowProblem> problems = problems(file);

    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).path()).isEqualTo(path);
    assertThat(problems.get(0).message()).contains(message);
    assertThat(problems.get(0).line()).isEqualTo(WorkflowText.line(file, lastKey(replacement)));
  }

  private static String lastKey(String replacement) {
    return replacement.strip().split("\\\\n", -1)[0].strip();
  }

  @Test
  void namesUnknownClassesWithTheNearest() {
    String file = WorkflowText.with("class: LGBModel", "class: LGBModell");
    file = WorkflowText.replace(file, "class: Alpha158", "class: Alpha185");
    file = WorkflowText.replace(file, "class: SigAnaRecord", "class: PortAnRecord");

    assertThat(problems(file))
        .extracting(WorkflowProblem::line, WorkflowProblem::path)
        .containsExactly(
            tuple(WorkflowText.line(file, "LGBModell"), "task.model.class"),
            tuple(WorkflowText.line(file, "Alpha185"), "task.dataset.kwargs.handler.class"),
            tuple(WorkflowText.line(file, "PortAn"), "task.record.1.class"));
    assertThat(problems(file))
        .extracting(WorkflowProblem::message)
        .satisfiesExactly(
            m -> assertThat(m).contains("did you mean 'LGBModel'?"),
            m -> assertThat(m).contains("did you mean 'Alpha158'?"),
            m -> assertThat(m).contains("did you mean 'PortAnaRecord'?"));
  }

  @Test
  void namesInvertedAndMissingSegments() {
    String file = WorkflowText.with("valid: [2015-01-01, 2016", "valid: [2017-01-01, 2016");
    file = WorkflowText.replace(file, "test: [2017-01-01, 2020-08-01]", "exam: [2017-01-01, null]");

    assertThat(problems(file))
        .extracting(WorkflowProblem::line, WorkflowProblem::path)
        .containsExactly(
            tuple(WorkflowText.line(file, "segments:"), "task.dataset.kwargs.segments.test"),
            tuple(WorkflowText.line(file, "valid: [2017"), "task.dataset.kwargs.segments.valid"));
  }

  @Test
  void namesAMissingMarketListAndAFolderWithoutCalendar() throws IOException {
    Files.delete(root.resolve("market/instruments/all.txt"));
    assertThat(problems(WorkflowText.valid()))
        .singleElement()
        .satisfies(p -> assertThat(p.message()).contains("market \"all\" has no instrument list"));

    Files.delete(root.resolve("market/calendars/day.txt"));
    assertThat(problems(WorkflowText.valid()))
        .singleElement()
        .satisfies(p -> assertThat(p.message()).contains("has no calendar calendars/day.txt"));
  }

  @Test
  void namesTruncationThatLeavesNothing() {
    String file = WorkflowText.with("type: sliding", "type: sliding\n        trunc_days: 3000");

    assertThat(problems(file))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.path()).isEqualTo("windrow.rolling.trunc_days");
              assertThat(problem.message()).contains("the first day of the calendar");
            });
  }

  @Test
  void namesWhatIsMissing() {
    assertThat(problems("qlib_init: {provider_uri: market}\n"))
        .containsExactly(new WorkflowProblem(1, "task", "is missing; a map is expected here"));
    assertThat(problems("windrow: {queue: fast}\n"))
        .extracting(WorkflowProblem::path)
        .contains("task", "qlib_init");
  }

  @Test
  void refusesWhatIsNoWorkflow() {
    assertProblem("", 1, "the file must be a map");
    assertProblem("- a\n- b\n", 1, "the file must be a map");
    assertProblem("a: 1\n---\nb: 2\n", 3, "more than one YAML document");
    assertProblem("a: 1\nb: [1, 2\n", 3, "not YAML");
    assertProblem("a: 1\n\tb: 2\n", 2, "not YAML");
    assertProblem("a: \u0007\n", 1, "not YAML");
    assertProblem("a: 'x" + "y".repeat(1 << 20) + "'\n", 1, "larger than 1 MiB");
  }

  @Test
  void namesTemplatesThatStayUnrendered() {
    assertProblem(
        WorkflowText.with("region: us", "region: \"{{ REGION }}\""), 3, "REGION is not defined");
    assertProblem("# {{ fine }}\n{% for x in y %}\n", 2, "of Jinja2 only");
    assertProblem("# {{ fine }}\na: \"b # {{ NAME }}\"\n", 2, "was not rendered");
  }

  @Test
  void refusesTagsDuplicatesAndOddKeys() {
    String file = WorkflowText.valid() + "extra: !!python/object:os.system {}\n";
    assertProblem(file, WorkflowText.line(file, "extra"), "tag");
    file = WorkflowText.with("region: us", "region: us\n    region: cn");
    assertProblem(file, 4, "this key is given twice, first on line 3");
    assertProblem(WorkflowText.valid() + "1: one\n", lines(WorkflowText.valid()), "a key must be");
    assertProblem(
        WorkflowText.with("max_depth: 8", "max_depth: .nan"),
        WorkflowText.line(WorkflowText.valid(), "max_depth"),
        "not a value that JSON can hold");
  }

  @Test
  void refusesRecursionDepthAndExplosions() {
    assertProblem("a: &a\n  b: *a\n", 1, "refers to what it is a part of");
    assertProblem("a: &a\n  <<: *a\n", 1, "refers to what it is a part of");
    assertProblem("a: " + "[".repeat(100_000), 1, "nested deeper than 50 levels");
    assertProblem(laughs("a0: &a0 [ha, ha]\n", "[%s]"), 1, "more than 100000 values");
    assertProblem(laughs("a0: &a0 {}\n", "{<<: [%s]}"), 1, "more than 100000 values");
  }

  @Test
  void refusesDepthWithoutRecursion() {
    assertProblem("a:\n  " + "- ".repeat(10_000) + "x\n", 2, "nested deeper than 50 levels");
    assertProblem("{a: ".repeat(10_000), 1, "nested deeper than 50 levels");
    assertThat(problems("x: 1\ntask: {model: [1, *a, {kwargs: " + "[".repeat(10_000)))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.line()).isEqualTo(2);
              assertThat(problem.path()).startsWith("task.model.2.kwargs.0.0.");
            });
  }

  @Test
  void readsScalarsAsQlibsReader() {
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("yes", "yes");
    expected.put("on", "on");
    expected.put("True", true);
    expected.put("~", null);
    expected.put("012", 12L);
    expected.put("0o17", 15L);
    expected.put("0x1F", 31L);
    expected.put("0b11", 3L);
    expected.put("1e-5", 1e-5);
    expected.put("1e5", 1e5);
    expected.put("1_000", 1000L);
    expected.put("1_000.5", 1000.5);
    expected.put(".5", 0.5);
    expected.put("1.", 1.0);
    expected.put("+5", 5L);
    expected.put("190:20:30", "190:20:30");
    expected.put("2020-01-01", "2020-01-01");
    expected.put("2020-01-01 00:00:00", "2020-01-01");
    expected.put("'1_000'", "1_000");
    expected.put("_1", "_1");
    expected.put("1e", "1e");
    expected.forEach(
        (text, value) ->
            assertThat(YamlReader.read("a: " + text + "\n").root().get("a"))
                .as(text)
                .isEqualTo(value));
  }

  private static String laughs(String first, String pattern) {
    return first
        + IntStream.range(1, 10)
            .mapToObj(
                i ->
                    "a"
                        + i
                        + ": &a"
                        + i
                        + " "
                        + pattern.formatted(("*a" + (i - 1) + ", ").repeat(10))
                        + "\n")
            .collect(Collectors.joining());
  }

  private static int lines(String text) {
    return (int) text.lines().count() + 1;
  }

  private void assertProblem(String file, int line, String message) {
    assertThat(problems(file))
        .anySatisfy(
            problem -> {
              assertThat(problem.message()).contains(message);
              assertThat(problem.line()).isEqualTo(line);
            });
  }

  private List<WorkflowProblem> problems(String file) {
    return catchThrowableOfType(WorkflowException.class, () -> parser.parse(file)).problems();
  }
}
