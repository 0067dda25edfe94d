package io.windrow.startup;

import java.util.Locale;

/**
 * A server this process cannot do without does not answer, or its address is not given.
 *
 * <p>The message says which and where, {@link #remedy()} what to do. Neither holds a password.
 */
public final class UnreachableException extends RuntimeException {
  private final String setting;

  UnreachableException(String message, String setting) {
    super(message);
    this.setting = setting;
  }

  /** Key of the setting that holds its address. */
  public String setting() {
    return setting;
  }

  /** What to start or to set. */
  public String remedy() {
    return "Start it, or correct its address: as an option, --%s=..., or in the environment, %s=..."
        .formatted(setting, setting.replace('.', '_').replace("-", "").toUpperCase(Locale.ROOT));
  }
}
