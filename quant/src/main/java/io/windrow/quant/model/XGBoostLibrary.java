package io.windrow.quant.model;

/**
 * The XGBoost that xgboost4j carries, loaded once per JVM, when it is first used. Only the shared
 * library is used: xgboost4j's own classes need Scala and another JSON library.
 */
final class XGBoostLibrary {

  static final BundledLibrary FILE =
      new BundledLibrary(
          "XGBoost",
          platform ->
              "lib/"
                  + switch (platform.os()) {
                    case LINUX -> "linux/" + platform.processor() + "/libxgboost4j.";
                    case MAC -> "macos/" + platform.processor() + "/libxgboost4j.";
                    case WINDOWS -> "windows/" + platform.processor() + "/xgboost4j.";
                  }
                  + platform.os().suffix());

  private XGBoostLibrary() {}

  /**
   * The library's functions.
   *
   * @throws ModelException if this platform has no XGBoost, or the library does not load
   */
  static XGBoostApi api() {
    return Holder.API;
  }

  private static final class Holder {
    private static final XGBoostApi API = FILE.load(XGBoostApi.class);
  }
}
