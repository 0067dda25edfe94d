package io.windrow.cli.client;

import io.windrow.cli.context.Context;
import io.windrow.cli.context.CurrentContext;
import io.windrow.cli.terminal.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Where the token comes from: {@code --token-file}, else {@code WINDROW_TOKEN}, else {@code
 * WINDROW_TOKEN_FILE}, else the context's file. Never an argument: everybody on the machine sees
 * those.
 */
final class TokenOption {
  private static final String VARIABLE = "WINDROW_TOKEN";
  private static final int LONGEST = 16_384;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "A file with the token to send (default: WINDROW_TOKEN_FILE or the context's; or the token"
              + " itself in WINDROW_TOKEN). None is needed while the cluster's security is off.")
  private @Nullable String file;

  private boolean warned;

  TokenOption() {}

  /** Says, once, that the token goes over the network for everybody to read. */
  void warn(Endpoint to, PrintWriter err) {
    if (!warned) {
      warned = true;
      err.printf(
          "windrow: warning: the token goes to %s in the clear, and whoever sees it on the way can"
              + " use it: give the %s an https:// address%n",
          to.address(), to.name());
      err.flush();
    }
  }

  /**
   * The token; empty if none was given.
   *
   * @throws UserError if the file cannot be read, or what was given cannot be a token
   */
  String token(CurrentContext context) {
    String given = System.getenv(VARIABLE);
    if (file == null && given != null && !given.isBlank()) {
      return checked(given, VARIABLE);
    }
    String path = context.setting(file, "WINDROW_TOKEN_FILE", Context::tokenFile);
    return path == null || path.isEmpty()
        ? ""
        : checked(read(Path.of(path)), "the token file " + path);
  }

  private static String read(Path file) {
    try {
      if (Files.size(file) > LONGEST) {
        throw new UserError("the token file " + file + " is too large to be a token");
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new UserError("the token file " + file + " cannot be read: " + e.getMessage());
    }
  }

  /** Says where it is wrong without showing it. */
  private static String checked(String text, String where) {
    String token = text.strip();
    if (token.isEmpty() || !token.chars().allMatch(letter -> letter > ' ' && letter < 127)) {
      throw new UserError(where + " must hold one token and nothing else");
    }
    return token;
  }
}
