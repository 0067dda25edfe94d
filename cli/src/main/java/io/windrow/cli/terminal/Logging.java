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

  /** For a process with the embedded servers: nothing about their coming and going. */
  public static void embedded() {
    if (!"DEBUG".equals(System.getProperty(OWN))) {
      System.setProperty("windrow.log.embedded", "ERROR");
    }
  }

  private static void levels(String own, String others) {
    System.setProperty(OWN, own);
    System.setProperty(OTHERS, others);
    // Each role's context would set logging up anew, under the feet of the others in this JVM.
    System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
    // Boot's own start-up lines have no place among a command's output.
    System.setProperty("spring.main.banner-mode", "off");
    System.setProperty("spring.main.log-startup-info", "false");
    // Why a role did not start is said by the command itself.
    System.setProperty("windrow.log.start", own.equals("DEBUG") ? "INFO" : "OFF");
  }
}
