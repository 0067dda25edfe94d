package io.windrow.cli.client;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where a service is, and how the user says so.
 *
 * @param name what messages call it, for example {@code coordinator}
 * @param address its root, for example {@code http://127.0.0.1:8470}
 * @param option the option that names another address
 * @param variable the environment variable that does the same
 * @param token what to send along, empty for none
 * @param trust whom to trust over https, null for the authorities of the Java runtime
 */
public record Endpoint(
    String name,
    URI address,
    String option,
    String variable,
    String token,
    @Nullable SSLContext trust) {

  public Endpoint {
    if (!("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
        || address.getHost() == null) {
      throw new IllegalArgumentException(
          option + ": '" + address + "' is not an address such as http://127.0.0.1:8470");
    }
  }

  /** The coordinator's. */
  public static Endpoint coordinator(String address) {
    return new Endpoint(
        "coordinator", parse(address), "--coordinator", "WINDROW_COORDINATOR", "", null);
  }

  /** The collector's. */
  public static Endpoint collector(String address) {
    return new Endpoint("collector", parse(address), "--collector", "WINDROW_COLLECTOR", "", null);
  }

  /** The same, with a token to send along. */
  public Endpoint with(String newToken) {
    return new Endpoint(name, address, option, variable, newToken, trust);
  }

  /** The same, with whom to trust. */
  Endpoint trusting(@Nullable SSLContext authorities) {
    return new Endpoint(name, address, option, variable, token, authorities);
  }

  /** Whether the token can be read on its way. */
  boolean exposesToken() {
    return !token.isEmpty() && "http".equals(address.getScheme()) && !onThisMachine();
  }

  private boolean onThisMachine() {
    try {
      return InetAddress.getByName(address.getHost()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  URI resolve(String path) {
    String root = address.toString();
    return URI.create((root.endsWith("/") ? root.substring(0, root.length() - 1) : root) + path);
  }

  /** Without the token. */
  @Override
  public String toString() {
    return name + " at " + address;
  }

  private static URI parse(String address) {
    return URI.create(address.strip());
  }
}
