package io.windrow.cli.client;

import io.windrow.cli.terminal.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Where the token comes from: {@code --token-file}, {@code WINDROW_TOKEN} or {@code
 * WINDROW_TOKEN_FILE}. Never an argument: everybody on the machine sees those.
 */
final class TokenOption {
  private static final String VARIABLE = "WINDROW_TOKEN";
  private static final int LONGEST = 16_384;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      defaultValue = "${env:WINDROW_TOKEN_FILE}",
      description =
          "A file with the token to send (WINDROW_TOKEN_FILE; or the token itself in"
              + " WINDROW_TOKEN). None is needed while the cluster's security is off.")
  private @Nullable Path file;

  TokenOption() {}

  /**
   * The token; empty if none was given.
   *
   * @throws UserError if the file cannot be read, or what was given cannot be a token
   */
  String token() {
    if (file != null && !file.toString().isEmpty()) {
      return checked(read(file), "--token-file: " + file);
    }
    String given = System.getenv(VARIABLE);
    return given == null || given.isBlank() ? "" : checked(given, VARIABLE);
  }

  private static String read(Path file) {
    try {
      if (Files.size(file) > LONGEST) {
        throw new UserError("--token-file: " + file + " is too large to be a token");
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new UserError("--token-file: " + file + " cannot be read: " + e.getMessage());
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
