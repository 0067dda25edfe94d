package io.windrow.startup;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A server this process cannot do without does not answer, or its address is not given.
 *
 * <p>The message says which and where, {@link #remedy()} what to do. Neither holds a password.
 */
public final class UnreachableException extends RuntimeException {
  private final String setting;
  private final @Nullable String security;

  UnreachableException(String message, String setting) {
    this(message, setting, null);
  }

  /**
   * Of a server that is there and does not get on with this process.
   *
   * @param security the settings that say how to speak to it
   */
  UnreachableException(String message, String setting, @Nullable String security) {
    super(message);
    this.setting = setting;
    this.security = security;
  }

  /** Key of the setting that holds its address. */
  public String setting() {
    return setting;
  }

  /** Whether something listens at its address. */
  public boolean listens() {
    return security != null;
  }

  /** What to start or to set. */
  public String remedy() {
    if (security != null) {
      return "See that it is well, that %s is its address, and that it is spoken to as it wants: %s."
          .formatted(setting, security);
    }
    return "Start it, or correct its address: as an option, --%s=..., or in the environment, %s=..."
        .formatted(setting, setting.replace('.', '_').replace("-", "").toUpperCase(Locale.ROOT));
  }
}
