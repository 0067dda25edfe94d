package io.windrow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.deploy.Dockerfile.Instruction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of one of the Dockerfile's images in a folder, and processes made of its entry point,
 * as the image's user where the test may choose. The base image's files are those of this machine:
 * its Java is {@link Java#OF_IMAGE}.
 */
final class Image {
  private static final String TRAIN = "/src/deploy/image/train";
  private static final String CACHE = "-XX:AOTCache=";

  private final Dockerfile dockerfile;
  private final String name;
  private final Path root;
  private final Path writable;

  private Image(Dockerfile dockerfile, String name, Path root, Path writable) {
    this.dockerfile = dockerfile;
    this.name = name;
    this.root = root;
    this.writable = writable;
  }

  /**
   * Does what the instructions say, the last of the build's first.
   *
   * @param scratch a folder that every user may enter
   */
  static Image build(Dockerfile dockerfile, String name, Path scratch) {
    Path built = scratch.resolve("build");
    for (Instruction run : dockerfile.instructions("build")) {
      // cli was built already by who runs this test.
      if (run.keyword().equals("RUN") && run.rest().startsWith("deploy/") && !Files.exists(built)) {
        List<String> line = new ArrayList<>(run.words());
        line.set(0, Path.of("..", line.get(0)).toString());
        line.set(1, Path.of("..", line.get(1)).toString());
        line.set(2, built + line.get(2));
        Tool.run(line);
      }
    }
    Path root = scratch.resolve(name);
    Path here = root;
    for (Instruction instruction : dockerfile.instructions(name)) {
      List<String> words = instruction.words();
      if (instruction.keyword().equals("WORKDIR")) {
        here = root.resolve(instruction.rest().substring(1));
      } else if (instruction.keyword().equals("COPY")) {
        assertThat(words.get(0)).isEqualTo("--from=build");
        copy(built.resolve(words.get(1).substring(1)), here.resolve(words.get(2)).normalize());
      } else if (words.contains(TRAIN) && Java.OF_IMAGE.hasCaches()) {
        Tool.run(
            words.subList(words.indexOf(TRAIN), words.size()).stream()
                .map(
                    word ->
                        word.replaceFirst("^/src/", "../").replaceFirst("^/opt/", root + "/opt/"))
                .toList(),
            Map.of("JAVA", Java.OF_IMAGE.program().toString()));
      }
    }
    protect(root);
    try {
      Path writable = Files.createDirectories(scratch.resolve(name + "-tmp"));
      Files.setPosixFilePermissions(writable, PosixFilePermissions.fromString("rwxrwxrwx"));
      return new Image(dockerfile, name, root, writable);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where containers find an own, writable folder mounted; it is /tmp there. */
  Path tmp() {
    return writable;
  }

  /** All of its files, with their times. */
  List<String> files() {
    try (Stream<Path> files = Files.walk(root)) {
      return files.map(file -> file + " " + modified(file)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A process of the image's entry point. */
  ImageProcess start(Map<String, String> environment, String... args) {
    List<String> line = new ArrayList<>(dockerfile.last(name, "ENTRYPOINT").orElseThrow().words());
    line.addAll(List.of(args));
    return run(line, environment);
  }

  /** A process of another program, as manifests may run in a container. */
  ImageProcess run(List<String> line, Map<String, String> environment) {
    List<String> here = new ArrayList<>(asUser());
    for (String word : line) {
      if (word.equals("java")) {
        here.add(Java.OF_IMAGE.program().toString());
      } else if (!word.startsWith(CACHE)) {
        here.add(word.startsWith("/opt/") ? root + word : word);
      } else if (Java.OF_IMAGE.hasCaches()) {
        here.add(CACHE + root + word.substring(CACHE.length()));
        here.add("-XX:AOTMode=on"); // ends where the cache is of no use
      }
    }
    ProcessBuilder builder =
        new ProcessBuilder(here)
            .directory(
                root.resolve(dockerfile.last(name, "WORKDIR").orElseThrow().rest().substring(1))
                    .toFile());
    builder.environment().clear();
    builder.environment().put("PATH", System.getenv("PATH"));
    builder.environment().putAll(environment);
    builder
        .environment()
        .merge(
            "JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + writable, (given, own) -> given + " " + own);
    return ImageProcess.start(name, builder);
  }

  /** Only root may become somebody else. */
  private List<String> asUser() {
    String[] user = dockerfile.last(name, "USER").orElseThrow().rest().split(":", 2);
    Optional<Path> setpriv = Tool.find("setpriv");
    return "root".equals(System.getProperty("user.name")) && setpriv.isPresent()
        ? List.of(
            setpriv.get().toString(),
            "--reuid=" + user[0],
            "--regid=" + user[1],
            "--clear-groups",
            "--no-new-privs",
            "--bounding-set=-all",
            "--inh-caps=-all")
        : List.of();
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void protect(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.toList()) {
        Files.setPosixFilePermissions(
            file,
            PosixFilePermissions.fromString(Files.isDirectory(file) ? "r-xr-xr-x" : "r--r--r--"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
