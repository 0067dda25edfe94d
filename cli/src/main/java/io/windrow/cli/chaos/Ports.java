package io.windrow.cli.chaos;

import io.windrow.cli.terminal.UserError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of 127.0.0.1 that stay the same while servers come and go. */
final class Ports {
  /** Below those that the system gives to connections, which would take a port while it is idle. */
  private static final int FIRST = 20_000;

  private static final int LAST = 30_000;
  private static final int CONNECT_MILLIS = 500;

  private int next = ThreadLocalRandom.current().nextInt(FIRST, LAST - 1_000);

  /** A free one that was not given before. */
  int next() {
    while (next < LAST) {
      int port = next++;
      try (ServerSocket socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return port;
      } catch (IOException e) {
        // Somebody has it.
      }
    }
    throw new UserError("no free port between " + FIRST + " and " + LAST);
  }

  /** Whether somebody accepts connections there. */
  static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
