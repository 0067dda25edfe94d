package io.windrow.quant.model;

/**
 * The LightGBM that lightgbm4j carries, loaded once per JVM, when it is first used. Only the shared
 * library is used: lightgbm4j's own classes copy a matrix element by element.
 */
final class LightGbmLibrary {

  static final BundledLibrary FILE =
      new BundledLibrary(
          "LightGBM",
          platform ->
              "lightgbm4j/"
                  + switch (platform.os()) {
                    case LINUX -> "linux";
                    case MAC -> "osx";
                    case WINDOWS -> "windows";
                  }
                  + "/"
                  + platform.processor()
                  + "/lib_lightgbm."
                  + platform.os().suffix());

  private LightGbmLibrary() {}

  /**
   * The library's functions.
   *
   * @throws ModelException if this platform has no LightGBM, or the library does not load
   */
  static LightGbmApi api() {
    return Holder.API;
  }

  private static final class Holder {
    private static final LightGbmApi API = FILE.load(LightGbmApi.class);
  }
}
