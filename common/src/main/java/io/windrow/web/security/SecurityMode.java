package io.windrow.web.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.core.env.Environment;

/** Whether callers have to say who they are. */
public enum SecurityMode {
  /** Whoever can connect may do everything. Only for a server that this machine alone can reach. */
  OFF,
  /** Every caller shows a token. */
  TOKENS;

  static final String KEY = "windrow.security.mode";
  static final String ADDRESS_KEY = "server.address";

  /**
   * What the settings say; if they say nothing, off on a loopback address and tokens elsewhere.
   *
   * @throws InsecureBindingException if it is to be off where others can connect, or is no mode
   */
  static SecurityMode of(Environment settings) {
    String word = settings.getProperty(KEY, "").strip();
    String address = settings.getProperty(ADDRESS_KEY, "").strip();
    boolean loopback = isLoopback(settings);
    if (word.isEmpty()) {
      return loopback ? OFF : TOKENS;
    }
    if (word.equalsIgnoreCase(TOKENS.name())) {
      return TOKENS;
    }
    // YAML reads a bare off as false.
    if (!word.equalsIgnoreCase(OFF.name()) && !word.equalsIgnoreCase("false")) {
      throw new InsecureBindingException(
          "%s is off or tokens, not '%s'.".formatted(KEY, word), "Correct the setting.");
    }
    if (!loopback) {
      throw new InsecureBindingException(
          "%s=off, but %s=%s lets other machines connect: whoever reaches it could do everything."
              .formatted(KEY, ADDRESS_KEY, address.isEmpty() ? "(all addresses)" : address),
          ("Set %s=tokens with windrow.security.bootstrap-token for the first administrator, or"
                  + " bind to this machine only with %s=127.0.0.1.")
              .formatted(KEY, ADDRESS_KEY));
    }
    return OFF;
  }

  /** Whether only this machine can connect. No address at all is every address. */
  static boolean isLoopback(Environment settings) {
    String address = settings.getProperty(ADDRESS_KEY, "").strip();
    if (address.isEmpty()) {
      return false;
    }
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false; // the server will not bind to it either
    }
  }
}
