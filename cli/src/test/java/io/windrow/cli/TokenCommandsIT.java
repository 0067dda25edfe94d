package io.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.cli.Terminal.Seen;
import io.windrow.collector.CollectorApplication;
import io.windrow.coordinator.CoordinatorApplication;
import io.windrow.embedded.EmbeddedBroker;
import io.windrow.embedded.EmbeddedStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** {@code windrow token}, and all other commands with and without one. */
class TokenCommandsIT {
  private static final String ROOT = "the-root-token-0123456789abcdefghijkl";

  @TempDir static Path folder;
  private static EmbeddedBroker broker;
  private static EmbeddedStore store;
  private static ConfigurableApplicationContext coordinator;
  private static ConfigurableApplicationContext collector;
  private static Path root;

  @BeforeAll
  static void start() throws IOException {
    broker = EmbeddedBroker.start(folder.resolve("broker"));
    store = EmbeddedStore.inMemory();
    String[] settings = {
      "--server.port=0",
      "--spring.mongodb.uri=" + store.uri(),
      "--spring.kafka.bootstrap-servers=" + broker.bootstrapServers(),
      "--windrow.security.mode=tokens",
      "--windrow.security.bootstrap-token=" + ROOT,
      "--windrow.security.token-cache=0s",
      "--windrow.security.rate=2",
      "--windrow.security.burst=30"
    };
    coordinator = CoordinatorApplication.start(settings);
    collector = CollectorApplication.start(settings);
    root = Files.writeString(folder.resolve("root"), ROOT + "\n");
  }

  @AfterAll
  static void stop() {
    collector.close();
    coordinator.close();
    store.close();
    broker.close();
  }

  @Test
  void makes_lists_and_revokes_tokens() throws IOException {
    Seen made = ask(root, "token", "create", "anna", "--scope", "read", "--expires", "12h");
    assertThat(made.code()).as(made.err()).isZero();
    assertThat(made.out()).matches("wdr_[a-z0-9]{12}_[A-Za-z0-9_-]{43}\n");
    String id = made.out().substring(4, 16);
    assertThat(made.err()).contains(id).doesNotContain(made.out().strip());
    Path reader = Files.writeString(folder.resolve("reader"), made.out());

    assertThat(ask(reader, "task", "list").code()).isZero();
    Seen listed = ask(root, "token", "list");
    assertThat(listed.out()).containsPattern(id + " +anna +read").doesNotContain(made.out());
    assertThat(ask(root, "token", "list", "--json").json().toString()).contains("\"" + id + "\"");
    assertThat(
            Terminal.run(
                    "experiment",
                    "list",
                    "--collector",
                    "http://127.0.0.1:" + port(collector),
                    "--token-file",
                    reader.toString())
                .code())
        .isZero();

    Seen denied = ask(reader, "token", "list");
    assertThat(denied.code()).isEqualTo(1);
    assertThat(denied.err()).contains("'admin'", "'anna'", "Ask an administrator");

    assertThat(ask(root, "token", "revoke", id).out()).contains("token " + id + " is revoked");
    Seen refused = ask(reader, "task", "list");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("revoked", "ask an administrator");
    assertThat(ask(root, "token", "list").out()).contains("revoked 20");
    assertThat(ask(root, "token", "revoke", "nobody").code()).isEqualTo(1);
  }

  @Test
  void writes_a_token_for_its_owner_alone() throws IOException {
    Path file = folder.resolve("written");
    Seen made = ask(root, "token", "create", "b", "--scope", "admin", "--out", file.toString());
    assertThat(made.code()).as(made.err()).isZero();
    assertThat(made.out() + made.err()).doesNotContain(Files.readString(file).strip());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(ask(file, "token", "list").code()).isZero();
    Seen again = ask(root, "token", "create", "b", "--scope", "admin", "--out", file.toString());
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).contains("is there already; no token was made");
  }

  @Test
  void says_what_is_missing_and_what_is_wrong() throws IOException {
    Seen without = run("task", "list");
    assertThat(without.code()).isEqualTo(1);
    assertThat(without.err()).contains("needs a token", "WINDROW_TOKEN", "--token-file");
    Seen absent = ask(folder.resolve("absent"), "task", "list");
    assertThat(absent.code()).isEqualTo(1);
    assertThat(absent.err()).contains("token file", "absent");
    Path odd = Files.writeString(folder.resolve("odd"), "two words-of-a-secret");
    Seen unfit = ask(odd, "task", "list");
    assertThat(unfit.code()).isEqualTo(1);
    assertThat(unfit.err()).contains("one token").doesNotContain("words-of-a-secret");
    assertThat(ask(root, "token", "create", "x", "--scope", "root").code()).isEqualTo(2);
    assertThat(ask(root, "token", "create", "x").code()).isEqualTo(2);
    assertThat(ask(root, "token", "create", "x", "--scope", "read", "--expires", "soon").err())
        .contains("90d");
  }

  @Test
  void a_token_that_goes_in_the_clear_to_another_machine_is_warned_of_once() {
    // It leads to this machine, but is none of the addresses that lead nowhere else.
    String elsewhere = "http://0.0.0.0:";
    Seen warned =
        Terminal.run(
            "doctor",
            "--coordinator=" + elsewhere + port(coordinator),
            "--collector=" + elsewhere + port(collector),
            "--token-file=" + root);
    assertThat(warned.err())
        .containsOnlyOnce("windrow: warning: the token goes to http://0.0.0.0:")
        .contains("https://")
        .doesNotContain(ROOT);
    assertThat(warned.out()).contains("coordinator    answers");

    for (String here : List.of("127.0.0.1", "localhost")) {
      Seen silent =
          Terminal.run(
              "task",
              "list",
              "--coordinator=http://" + here + ":" + port(coordinator),
              "--token-file=" + root);
      assertThat(silent.err()).doesNotContain("warning");
    }
  }

  @Test
  void says_when_to_ask_again() throws IOException {
    Seen made = ask(root, "token", "create", "hasty", "--scope", "read");
    Path hasty = Files.writeString(folder.resolve("hasty"), made.out());
    Seen last = made;
    for (int i = 0; i < 200 && last.code() == 0; i++) {
      last = ask(hasty, "task", "list");
    }
    assertThat(last.code()).isEqualTo(1);
    assertThat(last.err()).contains("Too many requests", "wait 1 s");
  }

  private static Seen ask(Path token, String... command) {
    List<String> words = new ArrayList<>(List.of(command));
    words.add("--token-file");
    words.add(token.toString());
    return run(words.toArray(String[]::new));
  }

  private static Seen run(String... command) {
    List<String> words = new ArrayList<>(List.of(command));
    words.add("--coordinator");
    words.add("http://127.0.0.1:" + port(coordinator));
    return Terminal.run(words.toArray(String[]::new));
  }

  private static String port(ConfigurableApplicationContext role) {
    return role.getEnvironment().getRequiredProperty("local.server.port");
  }
}
