package io.windrow.cli.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windrow.cli.terminal.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurrentContextTest {
  private static final String USUAL = "http://127.0.0.1:8470";
  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();

  @Test
  void the_file_is_where_the_user_keeps_configuration() {
    Path home = Path.of("/home/me");
    assertThat(ContextFile.usual(Map.of(), home))
        .isEqualTo(Path.of("/home/me/.config/windrow/config.yaml"));
    assertThat(ContextFile.usual(Map.of("XDG_CONFIG_HOME", "/cfg"), home))
        .isEqualTo(Path.of("/cfg/windrow/config.yaml"));
    assertThat(ContextFile.usual(Map.of("XDG_CONFIG_HOME", "/cfg", "WINDROW_CONFIG", "/w"), home))
        .isEqualTo(Path.of("/w"));
  }

  @Test
  void an_address_is_the_nearest_that_was_given() {
    file()
        .write(
            Contexts.NONE
                .with("one", new Context("http://one:1", null, null, null))
                .with("two", new Context("http://two:1", null, null, null))
                .with("bare", Context.EMPTY));

    assertThat(address(null, "http://given:1")).isEqualTo("http://given:1");
    assertThat(address(null, null)).isEqualTo("http://one:1");
    environment.put("WINDROW_CONTEXT", "two");
    assertThat(address(null, null)).isEqualTo("http://two:1");
    environment.put("WINDROW_COORDINATOR", "http://env:1");
    assertThat(address(null, null)).isEqualTo("http://env:1");
    assertThat(address("one", null)).isEqualTo("http://one:1");
    assertThat(address("bare", null)).isEqualTo("http://env:1");
    assertThat(address("one", "http://given:1")).isEqualTo("http://given:1");
  }

  @Test
  void without_a_file_the_address_is_the_usual() {
    assertThat(address(null, null)).isEqualTo(USUAL);
    assertThatThrownBy(() -> address("prod", null))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no context 'prod'")
        .hasMessageContaining("windrow config set-context prod");
  }

  @Test
  void what_is_written_is_read_and_nobody_else_can_read_it() throws IOException {
    Contexts contexts =
        Contexts.NONE
            .with("prod", new Context("http://c:1", "http://d:2", "/run/token", "/run/ca.pem"))
            .with("test", new Context("http://t:1", null, null, null))
            .using("test");

    file().write(contexts);

    assertThat(file().read()).isEqualTo(contexts);
    assertThat(Files.readString(path())).contains("token-file: /run/token", "ca-file: /run/ca.pem");
    if (path().getFileSystem().supportedFileAttributeViews().contains("posix")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
          .isEqualTo("rw-------");
    }
    assertThat(path().getParent().toFile().list()).containsExactly("config.yaml");
  }

  @Test
  void contexts_are_changed_and_forgotten() {
    Contexts contexts =
        Contexts.NONE.with("prod", new Context("http://c:1", "http://d:2", null, null));
    assertThat(contexts.current()).isEqualTo("prod");

    Contexts changed = contexts.with("prod", new Context("http://new:1", null, "t", "ca"));

    assertThat(changed.named("prod"))
        .isEqualTo(new Context("http://new:1", "http://d:2", "t", "ca"));
    assertThat(changed.without("prod")).isEqualTo(Contexts.NONE);
    assertThatThrownBy(() -> changed.using("prd")).hasMessageContaining("contexts are: prod");
  }

  @Test
  void a_file_that_makes_no_sense_is_named() throws IOException {
    for (String text : new String[] {"- a", "contexts: 5", "contexts: {a: 5}", "{", "a: &a [*a]"}) {
      Files.createDirectories(path().getParent());
      Files.writeString(path(), text);
      if (!text.startsWith("a:")) {
        assertThatThrownBy(() -> file().read())
            .as(text)
            .isInstanceOf(UserError.class)
            .hasMessageContaining(path().toString());
      }
    }
    Files.writeString(path(), "");
    assertThat(file().read()).isEqualTo(Contexts.NONE);
  }

  private Path path() {
    return folder.resolve("deep").resolve("config.yaml");
  }

  private ContextFile file() {
    return new ContextFile(path());
  }

  private String address(@Nullable String context, @Nullable String given) {
    return CurrentContext.of(path().toString(), context, environment)
        .address(given, "WINDROW_COORDINATOR", Context::coordinator, USUAL);
  }
}
