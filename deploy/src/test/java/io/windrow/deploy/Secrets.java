package io.windrow.deploy;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The secrets that deploy/README.md tells of, as {@code name/key}. */
final class Secrets {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([a-z0-9-]+)` \\| `([A-Za-z.-]+)` \\|");

  private Secrets() {}

  static Set<String> documented() {
    return ROW.matcher(Readme.text())
        .results()
        .map(row -> row.group(1) + "/" + row.group(2))
        .collect(Collectors.toUnmodifiableSet());
  }
}
