package io.windrow.quant.model;

import com.sun.jna.Function;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A shared library that a jar carries as a resource for several platforms.
 *
 * @param name for people
 * @param place of the resource of a platform
 */
record BundledLibrary(String name, java.util.function.Function<NativePlatform, String> place) {

  /**
   * Loads it for this machine.
   *
   * @throws ModelException if this platform has none, or it does not load; the message says what to
   *     install
   */
  <T extends Library> T load(Class<T> api) {
    String resource =
        resource(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    try (InputStream in = BundledLibrary.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new ModelException(
            name + " is missing: " + resource + " is not on the class path, build Windrow anew");
      }
      // A directory of our own: nobody else can put a library there before we load it.
      Path folder = Files.createTempDirectory("windrow-native");
      Path file = folder.resolve(resource.substring(resource.lastIndexOf('/') + 1));
      try {
        Files.copy(in, file);
        letIdleThreadsSleep();
        return NativeClock.watch(api, Native.load(file.toString(), api, Map.of()));
      } catch (UnsatisfiedLinkError e) {
        throw new ModelException(explain(e.getMessage(), folder), e);
      } finally {
        discard(file, folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack " + name + " into the temporary folder", e);
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

  /** Where the library is for a platform as Java names it. */
  String resource(String os, String arch) {
    return NativePlatform.of(os, arch)
        .map(place)
        .orElseThrow(
            () ->
                new ModelException(
                    "there is no "
                        + name
                        + " for "
                        + os
                        + " on "
                        + arch
                        + ": run the worker on Linux or macOS (x86_64, aarch64) or Windows"
                        + " (x86_64)"));
  }

  String explain(String error, Path folder) {
    if (error.contains("gomp") || error.contains("libomp")) {
      return name
          + " needs the OpenMP library, which is not installed: on Debian or Ubuntu"
          + " 'apt-get install libgomp1', on Fedora 'dnf install libgomp', on Alpine 'apk add"
          + " libgomp gcompat', on macOS 'brew install libomp' ("
          + error
          + ")";
    }
    if (error.contains("failed to map segment") || error.contains("Operation not permitted")) {
      return name
          + " cannot be loaded from "
          + folder.getParent()
          + ", maybe because it is mounted noexec: choose another folder with"
          + " -Djava.io.tmpdir (and -Djna.tmpdir)";
    }
    return name + " does not load: " + error;
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
