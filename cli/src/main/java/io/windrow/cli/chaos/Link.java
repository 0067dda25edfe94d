package io.windrow.cli.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A proxy on the way from a process to a server of this machine, whose network can be cut
 * (connections break and are refused), stalled (nothing arrives and nobody is told) and slowed
 * down.
 */
final class Link implements AutoCloseable {

  /** How the network is. */
  enum State {
    WHOLE,
    CUT,
    STALLED,
    SLOW
  }

  private static final int BUFFER = 16 * 1024;
  private static final Duration DELAY = Duration.ofMillis(100);
  private static final Duration CONNECT = Duration.ofSeconds(2);

  private final InetSocketAddress server;
  private final ServerSocket entrance;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "windrow-link");
            thread.setDaemon(true);
            return thread;
          });
  private State state = State.WHOLE;

  /**
   * @param port of 127.0.0.1 where it listens
   * @param server port of 127.0.0.1 that it leads to
   */
  Link(int port, int server) {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    this.server = new InetSocketAddress(loopback, server);
    try {
      this.entrance = new ServerSocket(port, 128, loopback);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  /** Changes the network. */
  void become(State wanted) {
    synchronized (this) {
      state = wanted;
      notifyAll();
    }
    if (wanted == State.CUT) {
      open.forEach(Link::shut);
    }
  }

  private void accept() {
    while (!entrance.isClosed()) {
      try {
        Socket client = entrance.accept();
        threads.execute(() -> connect(client));
      } catch (IOException e) {
        // Closed, or the client is gone already.
      }
    }
  }

  private void connect(Socket client) {
    Socket onward = new Socket();
    open.add(client);
    open.add(onward);
    try {
      if (passes() == State.CUT) {
        throw new IOException("cut");
      }
      onward.connect(server, (int) CONNECT.toMillis());
      client.setTcpNoDelay(true);
      onward.setTcpNoDelay(true);
      threads.execute(() -> pump(onward, client));
      pump(client, onward);
    } catch (IOException e) {
      end(client, onward);
    }
  }

  private void pump(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (passes() == State.SLOW) {
          Thread.sleep(DELAY.toMillis());
        }
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      // One side is gone; the other learns it now.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end(from, to);
    }
  }

  /** Waits while it is stalled. */
  private synchronized State passes() {
    try {
      while (state == State.STALLED) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return State.CUT;
    }
    return state;
  }

  private void end(Socket one, Socket other) {
    shut(one);
    shut(other);
    open.remove(one);
    open.remove(other);
  }

  private static void shut(@Nullable Socket socket) {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  @Override
  public void close() throws IOException {
    entrance.close();
    become(State.CUT);
    threads.shutdownNow();
  }
}
