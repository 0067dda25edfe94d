package io.windrow.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs commands in this JVM. */
final class Terminal {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Terminal() {}

  /** What a person sees of a command. */
  record Seen(int code, String out, String err) {
    JsonNode json() {
      return JSON.readTree(out);
    }
  }

  static Seen run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Windrow.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(args);
    return new Seen(code, out.toString(), err.toString());
  }
}
