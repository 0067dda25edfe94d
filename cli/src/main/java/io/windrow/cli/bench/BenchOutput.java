package io.windrow.cli.bench;

import io.windrow.cli.terminal.Json;
import java.io.PrintWriter;
import java.util.Locale;

/** What a benchmark prints. */
public final class BenchOutput {
  private BenchOutput() {}

  /** The result as JSON, or the lines. */
  public static void print(PrintWriter out, boolean json, Object result, String lines) {
    if (json) {
      Json.print(out, result);
    } else {
      out.println(lines);
      out.flush();
    }
  }

  /** Figures with points for decimals, whatever the machine's language. */
  public static String line(String format, Object... figures) {
    return String.format(Locale.ROOT, format, figures);
  }
}
