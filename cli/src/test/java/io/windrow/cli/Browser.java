package io.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The machine's own Chromium without a window, with the console in it. Whatever a page complains of
 * in its own console is kept, and looked at in the end.
 */
final class Browser implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final Set<String> SERIOUS = Set.of("serious", "critical");

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser chromium;
  private final String address;
  private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());

  private Browser(Playwright playwright, Path program, String address) {
    this.playwright = playwright;
    this.address = address;
    this.chromium =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(program)
                    // As root, which tests in containers are, Chromium has no sandbox of its own.
                    .setArgs(List.of("--no-sandbox")));
    PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
  }

  /**
   * A browser for a console. Where there is none the test is left out, and says so.
   *
   * @param address of the coordinator
   */
  static Browser open(String address) {
    Optional<Path> program = program();
    assumeTrue(
        program.isPresent(),
        "left out: no Chromium on the PATH (Debian: apt-get install chromium), and"
            + " WINDROW_TEST_CHROMIUM names none");
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    try {
      return new Browser(playwright, program.get(), address);
    } catch (RuntimeException e) {
      playwright.close();
      throw e;
    }
  }

  private static Optional<Path> program() {
    String named = System.getenv("WINDROW_TEST_CHROMIUM");
    if (named != null) {
      return Optional.of(Path.of(named));
    }
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Somebody who has not been here before. */
  Page visitor() {
    return visitor(ColorScheme.LIGHT);
  }

  /** Somebody who has not been here before, and likes it light or dark. */
  Page visitor(ColorScheme colours) {
    BrowserContext context =
        chromium.newContext(
            new com.microsoft.playwright.Browser.NewContextOptions()
                .setBaseURL(address)
                .setColorScheme(colours)
                .setViewportSize(1400, 1000));
    Page page = context.newPage();
    page.onPageError(error -> complaints.add("error: " + error));
    page.onConsoleMessage(
        message -> {
          // A refused request is told there as well; the page shows it, which is what is tested.
          if (message.type().equals("error") && !message.text().contains("Failed to load")) {
            complaints.add(message.location() + " " + message.text());
          }
        });
    return page;
  }

  /** What pages complained of: mistakes in scripts, and what the content policy refused. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Looks for what people with screen readers, keyboards or weak eyes would stumble over. */
  static void assertAccessible(Page page, String what) {
    List<Rule> found =
        new AxeBuilder(page)
            .analyze().getViolations().stream()
                .filter(rule -> SERIOUS.contains(impact(rule)))
                .toList();
    assertThat(found)
        .as(what)
        .extracting(
            rule ->
                rule.getId()
                    + ": "
                    + rule.getHelp()
                    + " "
                    + rule.getNodes().stream().limit(3).map(node -> node.getHtml()).toList())
        .isEmpty();
  }

  private static @Nullable String impact(Rule rule) {
    return rule.getImpact();
  }

  @Override
  public void close() {
    chromium.close();
    playwright.close();
  }
}
