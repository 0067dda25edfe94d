package io.windrow.startup;

/** Which build runs. */
public final class ProgramVersion {
  private ProgramVersion() {}

  /** The version in the manifest of a class's jar; {@code not packaged} outside of one. */
  public static String of(Class<?> type) {
    String version = type.getPackage().getImplementationVersion();
    return version == null ? "not packaged" : version;
  }
}
