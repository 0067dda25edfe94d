package io.windrow.quant.model;

import java.util.Locale;
import java.util.Optional;

/**
 * A machine that native libraries are made for.
 *
 * @param os the operating system
 * @param processor {@code x86_64} or {@code aarch64}
 */
record NativePlatform(Os os, String processor) {

  enum Os {
    LINUX("so"),
    MAC("dylib"),
    WINDOWS("dll");

    private final String suffix;

    Os(String suffix) {
      this.suffix = suffix;
    }

    /** What the name of a library ends with. */
    String suffix() {
      return suffix;
    }
  }

  /**
   * The platform that Java names so; empty if no library is made for it.
   *
   * @param os as in {@code os.name}
   * @param arch as in {@code os.arch}
   */
  static Optional<NativePlatform> of(String os, String arch) {
    String name = os.toLowerCase(Locale.ROOT);
    String processor =
        switch (arch.toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "aarch64";
          default -> "";
        };
    if (processor.isEmpty()) {
      return Optional.empty();
    }
    if (name.contains("linux")) {
      return Optional.of(new NativePlatform(Os.LINUX, processor));
    }
    if (name.contains("mac")) {
      return Optional.of(new NativePlatform(Os.MAC, processor));
    }
    return name.contains("windows") && processor.equals("x86_64")
        ? Optional.of(new NativePlatform(Os.WINDOWS, processor))
        : Optional.empty();
  }
}
