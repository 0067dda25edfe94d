package io.windrow.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LinkIT {
  private static final int SHORT_MILLIS = 200;
  private static final int LONG_MILLIS = 30_000;

  private final int port = new Ports().next();
  private ServerSocket server;
  private Link link;
  private Socket client;
  private Socket served;

  @BeforeEach
  void connect() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    link = new Link(port, server.getLocalPort());
    client = new Socket(InetAddress.getLoopbackAddress(), port);
    served = server.accept();
    client.setSoTimeout(LONG_MILLIS);
    served.setSoTimeout(LONG_MILLIS);
  }

  @AfterEach
  void close() throws IOException {
    link.close();
    client.close();
    served.close();
    server.close();
  }

  @Test
  void bytes_pass_both_ways() throws IOException {
    client.getOutputStream().write(1);
    assertThat(served.getInputStream().read()).isEqualTo(1);
    served.getOutputStream().write(2);
    assertThat(client.getInputStream().read()).isEqualTo(2);
  }

  @Test
  void a_cut_breaks_connections_and_refuses_new_ones_until_it_is_whole() throws IOException {
    link.become(Link.State.CUT);

    assertThat(ends(client)).isTrue();
    assertThat(ends(served)).isTrue();
    try (Socket other = new Socket(InetAddress.getLoopbackAddress(), port)) {
      other.setSoTimeout(LONG_MILLIS);
      assertThat(ends(other)).isTrue();
    }

    link.become(Link.State.WHOLE);
    try (Socket other = new Socket(InetAddress.getLoopbackAddress(), port);
        Socket again = server.accept()) {
      other.getOutputStream().write(3);
      assertThat(again.getInputStream().read()).isEqualTo(3);
    }
  }

  @Test
  void while_it_is_stalled_nothing_arrives_and_afterwards_everything() throws IOException {
    link.become(Link.State.STALLED);
    client.getOutputStream().write(4);
    served.setSoTimeout(SHORT_MILLIS);

    assertThatThrownBy(() -> served.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);

    link.become(Link.State.WHOLE);
    served.setSoTimeout(LONG_MILLIS);
    assertThat(served.getInputStream().read()).isEqualTo(4);
  }

  /** Closed, or reset: either way nothing comes any more. */
  private static boolean ends(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
