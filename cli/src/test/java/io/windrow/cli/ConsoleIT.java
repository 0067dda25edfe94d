package io.windrow.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import io.windrow.cli.cluster.LocalCluster;
import io.windrow.cli.cluster.LocalCluster.Plan;
import io.windrow.cli.cluster.LocalCluster.Ports;
import io.windrow.embedded.EmbeddedStore;
import io.windrow.store.StoreSettings;
import io.windrow.store.WindrowStore;
import io.windrow.task.NewTask;
import io.windrow.task.Stage;
import io.windrow.task.Terms;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The console in a real browser, over a whole cluster with real windows in it. */
class ConsoleIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MANY = 10_000;

  private static final String BACKTEST =
      """
          - class: PortAnaRecord
            module_path: qlib.workflow.record_temp
            kwargs:
              config:
                strategy:
                  class: TopkDropoutStrategy
                  module_path: qlib.contrib.strategy
                  kwargs: {signal: <PRED>, topk: 3, n_drop: 1}
                backtest:
                  account: 1000000
                  benchmark: [SA, SB]
                  exchange_kwargs: {deal_price: close, open_cost: 0.0005, close_cost: 0.0015, min_cost: 5}
      """;

  @TempDir static Path folder;
  private static LocalCluster cluster;
  private static Browser browser;
  private static String submission;
  private static int windows;

  @BeforeAll
  static void start() throws IOException {
    Path csv = folder.resolve("csv");
    Path data = folder.resolve("market");
    SampleMarket.write(csv, 8);
    assertThat(Terminal.run("import-csv", csv.toString(), data.toString()).code()).isZero();
    cluster =
        LocalCluster.start(
            new Plan(folder.resolve("cluster"), false, List.of(folder), 1, 2, Ports.any()));
    browser = Browser.open(cluster.coordinator());
    Path file = Files.writeString(folder.resolve("mine.yaml"), workflow(data));
    // A console that is open already sees what comes.
    Page page = visit("/");
    assertThat(page.getByText("No pool yet")).isVisible();
    Terminal.Seen seen =
        Terminal.run("submit", file.toString(), "--coordinator", cluster.coordinator());
    assertThat(seen.code()).as(seen.err()).isZero();
    submission = seen.out().replaceAll("(?s)submission (\\w+):.*", "$1");
    assertThat(page.getByRole(AriaRole.LINK, named("console"))).isVisible();
    page.getByRole(AriaRole.LINK, named("console")).click();
    windows = ask(cluster.coordinator(), "/api/v1/submissions/" + submission).get("tasks").asInt();
    assertThat(page.getByText(windows + " windows in 2 series")).isVisible();
    assertThat(page.getByRole(AriaRole.BUTTON, named(windows + " done")))
        .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(180_000));
    assertThat(page.locator(".map-row.s-done").first()).isVisible();
    page.context().close();
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  /** The sample's workflow with two learning rates and a back-test. */
  private static String workflow(Path data) {
    return SampleMarket.workflow(data)
            .replace("experiment_name: cluster", "experiment_name: console")
            .replace("step: 16", "step: 80")
            .replace("windrow:\n", BACKTEST + "windrow:\n")
        + "  grid: {model.kwargs.learning_rate: [0.02, 0.1]}\n";
  }

  @Test
  void what_was_submitted_is_watched_compared_and_downloaded() throws IOException {
    Page page = visit("/pools/console");
    Locator row = page.locator("a.map-row").first();
    row.hover();
    assertThat(page.locator(".map-tip")).containsText("Rank IC");
    row.click();

    assertThat(page).hasURL(Pattern.compile(".*/tasks/[0-9a-f]{64}"));
    assertThat(page.locator(".why")).containsText("Done in");
    assertThat(chart(page, "l2 by round of training")).isVisible();
    assertThat(page.getByRole(AriaRole.HEADING, named("Feature importance"))).isVisible();
    assertThat(page.getByRole(AriaRole.LINK, named("pred.arrow"))).isVisible();

    page.getByRole(AriaRole.LINK, named("console")).last().click();
    assertThat(page).hasURL(Pattern.compile(".*/experiments/console"));
    assertThat(chart(page, "IC")).isVisible();
    assertThat(page.getByRole(AriaRole.HEADING, named("A against B, window by window")))
        .isVisible();
    assertThat(page.getByText("learning_rate").first()).isVisible();

    page.getByRole(AriaRole.LINK, named("Collections")).click();
    page.getByRole(AriaRole.LINK, named(submission.substring(0, 12))).click();
    JsonNode collection = ask(cluster.collector(), "/api/v1/collections/" + submission);
    double ic = collection.get("groups").get(0).get("statistics").get("IC").asDouble();
    assertThat(page.locator(".tile").getByText("%.4f".formatted(ic)).first()).isVisible();
    assertThat(chart(page, "umulative return")).isVisible();
    Download download =
        page.waitForDownload(
            () -> page.locator("a[download][href*='/groups/0/pred']").first().click());
    assertThat(Files.readAllBytes(download.path()))
        .isEqualTo(
            bytes(cluster.collector(), "/api/v1/collections/" + submission + "/groups/0/pred"));
    page.context().close();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void what_is_changed_is_asked_about_first_and_seen_at_once_by_others() {
    Page page = visit("/pools/console");
    Page other = visit("/pools");
    page.getByRole(AriaRole.BUTTON, named("Pause")).click();
    page.getByRole(AriaRole.BUTTON, named("Keep it as it is")).click();
    assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
    assertThat(pool("console").get("paused").asBoolean()).isFalse();

    page.getByRole(AriaRole.BUTTON, named("Pause")).click();
    page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON, in("Pause")).click();
    assertThat(page.getByText("The pool is paused.")).isVisible();
    assertThat(page.getByRole(AriaRole.BUTTON, named("Resume"))).isVisible();
    assertThat(pool("console").get("paused").asBoolean()).isTrue();
    page.getByRole(AriaRole.BUTTON, named("Resume")).click();
    page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON, in("Resume")).click();
    assertThat(page.getByText("The pool goes on.")).isVisible();
    assertThat(pool("console").get("paused").asBoolean()).isFalse();

    insert("nobody", 3);
    await("the dispatcher changes nothing any more")
        .atMost(Duration.ofMinutes(1))
        .until(() -> pool("nobody").at("/counts/queued").asInt() == 3);
    assertThat(other.getByRole(AriaRole.LINK, named("nobody"))).isVisible();
    page.navigate("/pools/nobody");
    page.getByRole(AriaRole.BUTTON, named("Cancel")).click();
    page.getByRole(AriaRole.BUTTON, named("Cancel them")).click();
    assertThat(page.getByText("3 tasks changed.")).isVisible();
    assertThat(page.locator("a.map-row.s-cancelled")).hasCount(3);
    page.context().close();
    other.context().close();
  }

  @Test
  void a_worker_is_drained_and_works_again() {
    Page page = visit("/workers");
    page.getByRole(AriaRole.BUTTON, named("Drain")).click();
    page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON, in("Drain")).click();
    assertThat(page.getByRole(AriaRole.BUTTON, named("Undrain"))).isVisible();
    assertThat(page.getByText("drained").first()).isVisible();
    page.getByRole(AriaRole.BUTTON, named("Undrain")).click();
    page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON, in("Undrain")).click();
    assertThat(page.getByRole(AriaRole.BUTTON, named("Drain"))).isVisible();
    page.context().close();
  }

  @Test
  void what_is_not_there_is_said_with_a_way_on() {
    Page page = visit("/pools/consle");
    assertThat(page.getByRole(AriaRole.ALERT).first()).containsText("consle");
    assertThat(page.getByRole(AriaRole.BUTTON, named("Try again")).first()).isVisible();
    page.navigate("/tasks/feed");
    assertThat(page.getByRole(AriaRole.ALERT).first()).containsText("feed");
    page.navigate("/experiments/nothing");
    assertThat(page.getByRole(AriaRole.ALERT).first()).containsText("nothing");
    page.navigate("/pools/console");
    page.getByRole(AriaRole.SEARCHBOX).fill("zzz");
    assertThat(page.getByText("No window is like that")).isVisible();
    page.getByRole(AriaRole.BUTTON, named("Show all")).click();
    assertThat(page.locator("a.map-row").first()).isVisible();
    page.context().close();
  }

  @Test
  void a_link_shows_the_same_to_somebody_else() {
    Page page = visit("/pools/console");
    page.getByRole(AriaRole.BUTTON, named("test segments only")).click();
    page.getByRole(AriaRole.SEARCHBOX).fill("0.02");
    assertThat(page.getByText("%d windows in 1 series".formatted(windows / 2))).isVisible();

    Page other = browser.visitor();
    other.navigate(page.url());

    assertThat(other.getByText("%d windows in 1 series".formatted(windows / 2))).isVisible();
    assertThat(other.locator(".map-spans .train")).hasCount(0);
    page.context().close();
    other.context().close();
  }

  @Test
  void a_hand_on_the_keyboard_is_enough() {
    Page page = visit("/");
    assertThat(page.getByRole(AriaRole.HEADING, named("Overview"))).isVisible();
    // The second key counts for a moment only, which a slow machine may miss.
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              page.keyboard().press("g");
              page.keyboard().press("p");
              return page.url().endsWith("/pools");
            });
    page.getByRole(AriaRole.LINK, named("console")).focus();
    page.keyboard().press("Enter");
    assertThat(page.locator("a.map-row").first()).isVisible();
    page.keyboard().press("/");
    assertThat(page.getByRole(AriaRole.SEARCHBOX)).isFocused();
    page.locator("a.map-row").first().focus();
    page.keyboard().press("ArrowDown");
    assertThat(page.locator("a.map-row:focus")).hasAttribute("aria-label", windowNamed(2));
    page.keyboard().press("End");
    assertThat(page.locator("a.map-row:focus"))
        .hasAttribute("aria-label", windowNamed(windows / 2));
    page.keyboard().press("Enter");
    assertThat(page).hasURL(Pattern.compile(".*/tasks/[0-9a-f]{64}"));
    page.keyboard().press("?");
    assertThat(page.getByRole(AriaRole.DIALOG)).containsText("Rows of a rolling map");
    page.keyboard().press("Escape");
    assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
    page.context().close();
  }

  @Test
  void of_ten_thousand_windows_those_that_are_seen_are_in_the_page() {
    insert("crowd", MANY);
    Page page = visit("/pools/crowd");
    assertThat(page.getByText("10,000 windows in 1 series")).isVisible();
    assertThat(page.locator("a.map-row").count()).isLessThan(150);

    page.locator("a.map-row").first().focus();
    page.keyboard().press("End");

    assertThat(page.locator("a.map-row:focus")).hasAttribute("aria-label", windowNamed(MANY));
    assertThat(page.locator("a.map-row").count()).isLessThan(150);
    page.getByRole(AriaRole.SEARCHBOX).fill("2001-01-01");
    assertThat(page.getByText("1 window in 1 series")).isVisible();
    page.context().close();
  }

  @Test
  void nobody_stumbles() {
    String task =
        ask(cluster.coordinator(), "/api/v1/tasks?pool=console&limit=1")
            .get(0)
            .get("id")
            .asString();
    List<String> paths =
        List.of(
            "/",
            "/pools",
            "/pools/console",
            "/tasks/" + task,
            "/submissions",
            "/submissions/" + submission,
            "/experiments",
            "/experiments/console",
            "/queues",
            "/workers",
            "/sign-in",
            "/pools/nowhere");
    for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      Page page = browser.visitor(colours);
      for (String path : paths) {
        page.navigate(path);
        assertThat(page.locator("h1, h2").first()).isVisible();
        assertThat(page.locator(".loading:visible")).hasCount(0);
        Browser.assertAccessible(page, path + " " + colours);
      }
      page.navigate("/pools/console");
      page.getByRole(AriaRole.BUTTON, named("Prioritise")).click();
      Browser.assertAccessible(page, "a dialog, " + colours);
      page.context().close();
    }
  }

  private static Locator chart(Page page, String label) {
    return page.locator("w-chart[aria-label*=\"" + label + "\"] canvas").first();
  }

  private static Pattern windowNamed(int number) {
    return Pattern.compile("Window " + number + " of .*");
  }

  private static JsonNode pool(String name) {
    return ask(cluster.coordinator(), "/api/v1/pools/" + name);
  }

  /** Tasks in a queue that no worker takes from: a day each. */
  private static void insert(String pool, int tasks) {
    try (MongoClient client = MongoClients.create(cluster.mongodb())) {
      WindrowStore store =
          new WindrowStore(
              client, EmbeddedStore.DATABASE, StoreSettings.defaults(), Clock.systemUTC());
      List<NewTask> all = IntStream.range(0, tasks).mapToObj(i -> task(pool, i)).toList();
      for (int from = 0; from < tasks; from += 1000) {
        store.pool().insert(all.subList(from, Math.min(tasks, from + 1000))).block();
      }
    }
  }

  private static NewTask task(String pool, int n) {
    LocalDate day = LocalDate.of(2001, 1, 1).plusDays(n);
    Map<String, Object> segments =
        Map.of(
            "train",
            List.of(day.minusYears(2).toString(), day.minusDays(1).toString()),
            "test",
            List.of(day.toString(), day.toString()));
    return new NewTask(
        pool,
        pool,
        "none",
        n,
        0,
        Map.of(
            "model",
            Map.of("class", "LGBModel"),
            "dataset",
            Map.of("kwargs", Map.of("segments", segments))),
        null,
        List.of(),
        List.of(Stage.only("unserved", new Terms(2, null, null))));
  }

  private static Locator.GetByRoleOptions in(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Page visit(String path) {
    Page page = browser.visitor();
    page.navigate(path);
    return page;
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static byte[] bytes(String service, String path) {
    try {
      HttpResponse<byte[]> response =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(service + path)).build(),
                  HttpResponse.BodyHandlers.ofByteArray());
      assertThat(response.statusCode()).isEqualTo(200);
      return response.body();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static JsonNode ask(String service, String path) {
    return JSON.readTree(bytes(service, path));
  }
}
