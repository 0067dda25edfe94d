package io.windrow.cli.manage;

import io.windrow.cli.client.CoordinatorClient;
import io.windrow.cli.terminal.PrivateFile;
import io.windrow.cli.terminal.Table;
import io.windrow.cli.terminal.UserError;
import io.windrow.web.security.Scope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code windrow token}: who may use the cluster. */
@Command(
    name = "token",
    description = "Makes, lists and revokes the tokens that the cluster's services ask for.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      TokenCommand.Create.class,
      TokenCommand.ListTokens.class,
      TokenCommand.Revoke.class
    })
public final class TokenCommand {
  TokenCommand() {}

  /** {@code windrow token create}. */
  @Command(
      name = "create",
      description = {
        "Makes a token and shows it, this once.",
        "read looks; submit also submits workflows and runs tasks; operate also changes and removes"
            + " what is there; admin also makes tokens and reads the audit log."
      })
  static final class Create extends ManageCommand {
    @Parameters(paramLabel = "NAME", description = "What it is for, for example the user's name.")
    private String name = "";

    @Option(
        names = "--scope",
        paramLabel = "SCOPE",
        required = true,
        description = "What it may do: read, submit, operate or admin; each includes the former.")
    private Scope scope = Scope.READ;

    @Option(
        names = "--expires",
        paramLabel = "TIME",
        defaultValue = "90d",
        description = "How long it is good, as in 12h or 90d, or never (default: 90d).")
    private String expires = "";

    @Option(
        names = "--out",
        paramLabel = "FILE",
        description = "Writes the token there, readable by you alone, instead of showing it.")
    private @Nullable Path out;

    Create() {}

    @Override
    public Integer call() {
      if (out != null && Files.exists(out)) {
        throw new UserError("--out: " + out + " is there already; no token was made");
      }
      Map<String, Object> request = new LinkedHashMap<>();
      request.put("name", name);
      request.put("scopes", List.of(scope.word()));
      request.put("expiresIn", expires);
      JsonNode made = client().createToken(request);
      JsonNode token = made.path("token");
      String secret = made.path("secret").asString();
      if (out != null) {
        write(out, secret);
        print(token, List.of("token " + token.path("id").asString() + " written to " + out));
        return 0;
      }
      if (!forPrograms()) {
        err()
            .printf(
                "windrow: token %s; keep what follows, nobody can show it again%n",
                token.path("id").asString());
        err().flush();
      }
      print(made, List.of(secret));
      return 0;
    }

    private static void write(Path file, String secret) {
      try (var channel =
          Files.newByteChannel(
              file,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PrivateFile.attributes())) {
        channel.write(StandardCharsets.UTF_8.encode(secret + "\n"));
      } catch (FileAlreadyExistsException e) {
        throw new UserError("--out: " + file + " is there already; revoke the token just made");
      } catch (IOException e) {
        throw new UserError(
            "--out: %s cannot be written (%s); revoke the token just made"
                .formatted(file, e.getMessage()));
      }
    }
  }

  /** {@code windrow token list}. */
  @Command(name = "list", description = "Lists tokens, the newest first, without their secrets.")
  static final class ListTokens extends ManageCommand {
    ListTokens() {}

    @Override
    public Integer call() {
      JsonNode tokens = client().ask("tokens", Map.of());
      Table table =
          new Table().left("id").left("name").left("scopes").left("expires").left("last used");
      for (JsonNode token : tokens) {
        table.row(
            token.path("id").asString(),
            token.path("name").asString(),
            StreamSupport.stream(token.path("scopes").spliterator(), false)
                .map(JsonNode::asString)
                .collect(Collectors.joining(",")),
            ends(token),
            time(token.path("lastUsedAt"), "never"));
      }
      print(tokens, tokens.isEmpty() ? List.of("none") : table.lines());
      return 0;
    }

    private static String ends(JsonNode token) {
      return token.path("revokedAt").isString()
          ? "revoked " + token.path("revokedAt").asString()
          : time(token.path("expiresAt"), "never");
    }

    private static String time(JsonNode at, String otherwise) {
      return at.isString() ? at.asString() : otherwise;
    }
  }

  /** {@code windrow token revoke}. */
  @Command(
      name = "revoke",
      description =
          "Revokes tokens. Within seconds (windrow.security.token-cache) no service takes them.")
  static final class Revoke extends ManageCommand {
    @Parameters(
        paramLabel = "ID",
        arity = "1..*",
        description = "Ids as listed: the part between wdr_ and the next _.")
    private List<String> ids = List.of();

    Revoke() {}

    @Override
    public Integer call() {
      CoordinatorClient client = client();
      List<String> lines = new ArrayList<>();
      for (String id : ids) {
        client.revokeToken(id);
        lines.add("token " + id + " is revoked");
      }
      print(Map.of("revoked", ids), lines);
      return 0;
    }
  }
}
