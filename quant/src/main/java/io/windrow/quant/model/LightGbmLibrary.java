package io.windrow.quant.model;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Loads the LightGBM that lightgbm4j carries as a resource, once per JVM. Only the shared library
 * is used: lightgbm4j's own classes copy a matrix element by element.
 */
final class LightGbmLibrary {

  private LightGbmLibrary() {}

  /**
   * The library's functions.
   *
   * @throws ModelException if this platform has no LightGBM, or the library does not load; the
   *     message says what to install
   */
  static LightGbmApi api() {
    return Holder.API;
  }

  private static final class Holder {
    private static final LightGbmApi API =
        load(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
  }

  private static LightGbmApi load(String os, String arch) {
    String resource = resource(os, arch);
    try (InputStream in = LightGbmLibrary.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw unsupported(os, arch);
      }
      // A directory of our own: nobody else can put a library there before we load it.
      Path folder = Files.createTempDirectory("windrow-lightgbm");
      Path file = folder.resolve(resource.substring(resource.lastIndexOf('/') + 1));
      try {
        Files.copy(in, file);
        letIdleThreadsSleep();
        return Native.load(file.toString(), LightGbmApi.class, Map.of());
      } catch (UnsatisfiedLinkError e) {
        throw new ModelException(explain(e.getMessage(), folder), e);
      } finally {
        discard(file, folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack LightGBM into the temporary folder", e);
    }
  }

  /**
   * OpenMP's threads spin while they wait, which costs most of the processor as soon as several
   * tasks or processes share it (measured on two busy cores: 10 rounds in 9.8 s spinning, 2.5 s
   * sleeping). The library reads its environment when it is loaded; a setting of the user stays.
   */
  private static void letIdleThreadsSleep() {
    if (Platform.isWindows()) {
      return;
    }
    Function.getFunction(Platform.C_LIBRARY_NAME, "setenv")
        .invokeInt(new Object[] {"OMP_WAIT_POLICY", "passive", 0});
  }

  static String resource(String os, String arch) {
    String system = os.toLowerCase(Locale.ROOT);
    String platform =
        system.contains("linux")
            ? "linux"
            : system.contains("mac") ? "osx" : system.contains("windows") ? "windows" : "";
    String processor =
        switch (arch.toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "aarch64";
          default -> "";
        };
    String suffix =
        switch (platform) {
          case "osx" -> "dylib";
          case "windows" -> "dll";
          default -> "so";
        };
    if (platform.isEmpty()
        || processor.isEmpty()
        || (platform.equals("windows") && !processor.equals("x86_64"))) {
      throw unsupported(os, arch);
    }
    return "lightgbm4j/" + platform + "/" + processor + "/lib_lightgbm." + suffix;
  }

  static String explain(String error, Path folder) {
    if (error.contains("gomp") || error.contains("libomp")) {
      return "LightGBM needs the OpenMP library, which is not installed: on Debian or Ubuntu"
          + " 'apt-get install libgomp1', on Fedora 'dnf install libgomp', on Alpine 'apk add"
          + " libgomp gcompat', on macOS 'brew install libomp' ("
          + error
          + ")";
    }
    if (error.contains("failed to map segment") || error.contains("Operation not permitted")) {
      return "LightGBM cannot be loaded from "
          + folder.getParent()
          + ", maybe because it is mounted noexec: choose another folder with"
          + " -Djava.io.tmpdir (and -Djna.tmpdir)";
    }
    return "LightGBM does not load: " + error;
  }

  private static ModelException unsupported(String os, String arch) {
    return new ModelException(
        "there is no LightGBM for "
            + os
            + " on "
            + arch
            + ": run the worker on Linux or macOS (x86_64, aarch64) or Windows (x86_64)");
  }

  /** Where a loaded library cannot be deleted (Windows), the end of the JVM does it. */
  private static void discard(Path file, Path folder) {
    try {
      Files.deleteIfExists(file);
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      folder.toFile().deleteOnExit();
      file.toFile().deleteOnExit();
    }
  }
}
