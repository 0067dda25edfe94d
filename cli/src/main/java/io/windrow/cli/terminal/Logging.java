package io.windrow.cli.terminal;

/** How much is logged, for {@code logback.xml}; to be set before anything logs. */
public final class Logging {
  private static final String OWN = "windrow.log.own";
  private static final String OTHERS = "windrow.log.others";

  private Logging() {}

  /** Warnings only; with {@code verbose} everything Windrow does and what the libraries tell. */
  public static void configure(boolean verbose) {
    levels(verbose ? "DEBUG" : "WARN", verbose ? "INFO" : "WARN");
  }

  /** For a process that stays: also what Windrow does. */
  public static void service() {
    if (!"DEBUG".equals(System.getProperty(OWN))) {
      levels("INFO", "WARN");
    }
  }

  private static void levels(String own, String others) {
    System.setProperty(OWN, own);
    System.setProperty(OTHERS, others);
    // Boot's own start-up lines have no place among a command's output.
    System.setProperty("spring.main.banner-mode", "off");
    System.setProperty("spring.main.log-startup-info", "false");
  }
}
