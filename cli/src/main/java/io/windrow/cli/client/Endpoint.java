package io.windrow.cli.client;

import java.net.URI;

/**
 * Where a service is, and how the user says so.
 *
 * @param name what messages call it, for example {@code coordinator}
 * @param address its root, for example {@code http://127.0.0.1:8470}
 * @param option the option that names another address
 * @param variable the environment variable that does the same
 * @param token what to send along, empty for none
 */
public record Endpoint(String name, URI address, String option, String variable, String token) {

  public Endpoint {
    if (!("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
        || address.getHost() == null) {
      throw new IllegalArgumentException(
          option + ": '" + address + "' is not an address such as http://127.0.0.1:8470");
    }
  }

  /** The coordinator's. */
  public static Endpoint coordinator(String address) {
    return new Endpoint("coordinator", parse(address), "--coordinator", "WINDROW_COORDINATOR", "");
  }

  /** The collector's. */
  public static Endpoint collector(String address) {
    return new Endpoint("collector", parse(address), "--collector", "WINDROW_COLLECTOR", "");
  }

  /** The same, with a token to send along. */
  public Endpoint with(String newToken) {
    return new Endpoint(name, address, option, variable, newToken);
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
