package io.windrow.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import io.windrow.cli.Terminal.Seen;
import io.windrow.collector.CollectorApplication;
import io.windrow.coordinator.CoordinatorApplication;
import io.windrow.embedded.EmbeddedBroker;
import io.windrow.embedded.EmbeddedStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** The console of a cluster that asks for tokens: who may see, and who may change. */
class ConsoleAccessIT {
  private static final String ROOT = "the-root-token-0123456789abcdefghijkl";

  @TempDir static Path folder;
  private static EmbeddedBroker broker;
  private static EmbeddedStore store;
  private static ConfigurableApplicationContext coordinator;
  private static ConfigurableApplicationContext collector;
  private static Browser browser;
  private static Path root;

  @BeforeAll
  static void start() throws IOException {
    broker = EmbeddedBroker.start(folder.resolve("broker"));
    store = EmbeddedStore.inMemory();
    root = Files.writeString(folder.resolve("root"), ROOT + "\n");
    collector = CollectorApplication.start(settings(List.of()));
    coordinator =
        CoordinatorApplication.start(
            settings(List.of("--windrow.collector.url=" + address(collector))));
    browser = Browser.open(address(coordinator));
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    coordinator.close();
    collector.close();
    store.close();
    broker.close();
  }

  private static String[] settings(List<String> more) {
    List<String> all = new ArrayList<>(more);
    all.add("--server.port=0");
    all.add("--spring.mongodb.uri=" + store.uri());
    all.add("--spring.kafka.bootstrap-servers=" + broker.bootstrapServers());
    all.add("--windrow.security.mode=tokens");
    all.add("--windrow.security.bootstrap-token=" + ROOT);
    all.add("--windrow.security.token-cache=0s");
    return all.toArray(String[]::new);
  }

  private static String address(ConfigurableApplicationContext role) {
    return "http://127.0.0.1:" + role.getEnvironment().getProperty("local.server.port");
  }

  private static Seen ask(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--coordinator", address(coordinator), "--token-file", root.toString()));
    return Terminal.run(all.toArray(String[]::new));
  }

  private static String token(String name, String scope) {
    Seen made = ask("token", "create", name, "--scope", scope, "--expires", "1h");
    assertThat(made.code()).as(made.err()).isZero();
    return made.out().strip();
  }

  /** Somebody who signs in on the page that asks him to. */
  private static Page signedIn(String token, String path) {
    Page page = browser.visitor();
    page.navigate(path);
    page.getByLabel("Token").fill(token);
    page.getByRole(AriaRole.BUTTON, named("Sign in")).click();
    return page;
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  @Test
  void nobody_sees_anything_before_a_good_token() {
    Page page = browser.visitor();
    page.navigate("/workers?q=a");
    assertThat(page).hasURL(Pattern.compile(".*/sign-in\\?to=.*"));
    Browser.assertAccessible(page, "the form");
    page.getByLabel("Token").fill("wdr_aaaaaaaaaaaa_" + "b".repeat(43));
    page.getByRole(AriaRole.BUTTON, named("Sign in")).click();
    assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
    assertThat(page.context().cookies()).isEmpty();

    page.getByLabel("Token").fill(ROOT);
    page.getByRole(AriaRole.BUTTON, named("Sign in")).click();

    assertThat(page).hasURL(Pattern.compile(".*/workers\\?q=a"));
    assertThat(page.getByText("No worker is there")).isVisible();
    Cookie cookie = page.context().cookies().get(0);
    assertThat(cookie.httpOnly).isTrue();
    assertThat(
            page.evaluate("document.cookie + JSON.stringify({...localStorage, ...sessionStorage})"))
        .asString()
        .doesNotContain(ROOT);

    page.getByRole(AriaRole.BUTTON, named("Sign out")).click();
    assertThat(page).hasURL(Pattern.compile(".*/sign-in"));
    assertThat(page.context().cookies()).isEmpty();
    page.navigate("/");
    assertThat(page).hasURL(Pattern.compile(".*/sign-in\\?to=.*"));
    page.context().close();
  }

  @Test
  void a_reader_sees_and_is_told_why_he_may_not_change() {
    String reader = token("rita", "read");
    assertThat(ask("queue", "limit", "calm", "3").code()).isZero();
    Page page = signedIn(reader, "/queues");
    assertThat(page.getByText("rita")).isVisible();
    Locator button = page.getByRole(AriaRole.BUTTON, named("Limit")).first();
    assertThat(button).isDisabled();
    assertThat(button).hasAttribute("title", Pattern.compile("Your token may not.*'operate'"));

    Object status =
        page.evaluate(
            "fetch('/api/v1/queues/calm/limit?max_running=1', {method: 'PUT', headers:"
                + " {'Windrow-Console': '1'}}).then(answer => answer.status)");
    assertThat(status).isEqualTo(403);
    assertThat(ask("queue", "show", "calm").out()).contains("3");
    page.context().close();
  }

  @Test
  void a_token_that_ends_leads_to_the_form_without_a_click() {
    String token = token("olga", "operate");
    Page page = signedIn(token, "/pools");
    assertThat(page.getByText("No pool yet")).isVisible();

    assertThat(ask("token", "revoke", token.substring(4, 16)).code()).isZero();
    assertThat(page).hasURL(Pattern.compile(".*/sign-in\\?to=.*pools.*"));
    page.context().close();
  }

  @Test
  void tabs_share_their_session() {
    Page page = signedIn(ROOT, "/pools");
    Page other = page.context().newPage();
    other.navigate("/workers");
    assertThat(other.getByText("No worker is there")).isVisible();

    page.getByRole(AriaRole.BUTTON, named("Sign out")).click();
    assertThat(other).hasURL(Pattern.compile(".*/sign-in\\?to=.*workers.*"));

    page.getByLabel("Token").fill(ROOT);
    page.getByRole(AriaRole.BUTTON, named("Sign in")).click();
    assertThat(other).hasURL(Pattern.compile(".*/workers"));
    page.context().close();
  }

  @Test
  void a_collector_that_is_away_is_named() {
    Page page = signedIn(token("lena", "read"), "/experiments");
    assertThat(page.getByText("No experiment yet")).isVisible();
    String was = address(collector);
    collector.close();
    page.reload();

    assertThat(page.getByRole(AriaRole.ALERT)).containsText(was);
    page.getByRole(AriaRole.LINK, named("Pools")).click();
    assertThat(page.getByText("No pool yet")).isVisible();
    page.context().close();
    assertThat(browser.complaints()).isEmpty();
  }
}
