package io.windrow.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.List;

/** A TCP port on the loopback interface. */
final class LoopbackPort {
  static final String HOST = "127.0.0.1";

  private LoopbackPort() {}

  /** The address of a port. */
  static InetSocketAddress address(int port) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    } catch (UnknownHostException e) {
      throw new AssertionError("four bytes are an address", e);
    }
  }

  /** A port that is free now and is none of those that are yet to be bound. */
  static int another(String owner, List<Integer> spoken) {
    int port;
    do {
      port = free(0, owner);
    } while (spoken.contains(port));
    return port;
  }

  /**
   * A port that is free now.
   *
   * @param wanted the port, or 0 for any
   * @param owner what wants it, for the message
   */
  static int free(int wanted, String owner) {
    if (wanted < 0 || wanted > 65_535) {
      throw new EmbeddedStartException(
          "%s: %d is not a port; use 1 to 65535, or 0 for any free one".formatted(owner, wanted));
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true); // as the servers do: a restart need not wait for TIME_WAIT
      socket.bind(address(wanted));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new EmbeddedStartException(
          "%s: port %d of %s is in use; choose another, or 0 for any free one"
              .formatted(owner, wanted, HOST),
          e);
    }
  }
}
