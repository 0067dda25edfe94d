package io.windrow.deploy;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The secrets that deploy/README.md tells of, as {@code name/key}. */
final class Secrets {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([a-z0-9-]+)` \\| `([A-Za-z_.-]+)`");

  private Secrets() {}

  static Set<String> documented() {
    return ROW.matcher(Readme.text())
        .results()
        // By its name alone where all of it is taken.
        .flatMap(row -> Stream.of(row.group(1) + "/" + row.group(2), row.group(1)))
        .collect(Collectors.toUnmodifiableSet());
  }
}
