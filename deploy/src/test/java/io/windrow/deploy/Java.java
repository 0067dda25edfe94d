package io.windrow.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The Java of the images, as far as this machine has it.
 *
 * @param program its {@code java}
 * @param hasCaches whether it is as new as that of the images, which can start from a cache
 */
record Java(Path program, boolean hasCaches) {
  private static final int VERSION = 25;

  /** Where systems keep what they have of Java. */
  private static final Path INSTALLED = Path.of("/usr/lib/jvm");

  /** The test's own, unless that is older and the machine has one of the images' version. */
  static final Java OF_IMAGE = find();

  private static Java find() {
    Path own = program(Path.of(System.getProperty("java.home")));
    if (Runtime.version().feature() >= VERSION || !Files.isDirectory(INSTALLED)) {
      return new Java(own, Runtime.version().feature() >= VERSION);
    }
    try (Stream<Path> installed = Files.list(INSTALLED)) {
      return installed
          .filter(home -> home.getFileName().toString().matches("(.*\\D)?" + VERSION + "(\\D.*)?"))
          .map(Java::program)
          .filter(Files::isExecutable)
          .sorted()
          .findFirst()
          .map(program -> new Java(program, true))
          .orElse(new Java(own, false));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path program(Path home) {
    return home.resolve("bin").resolve("java");
  }
}
