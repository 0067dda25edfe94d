package io.windrow.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Stands between driver and store, and on demand lets a command through and cuts the connection
 * when the store answers: the update is applied, its reply is lost.
 */
final class CuttingProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final String host;
  private final int port;
  private final AtomicReference<@Nullable String> armed = new AtomicReference<>();
  private final AtomicReference<@Nullable String> refused = new AtomicReference<>();
  private final AtomicInteger cuts = new AtomicInteger();
  private volatile boolean stayAway;
  private volatile boolean away;
  private final Set<Closeable> open = ConcurrentHashMap.newKeySet();

  CuttingProxy(String host, int port) throws IOException {
    this.host = host;
    this.port = port;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** The reply to the next request that holds this word, such as a command's name, is lost. */
  void loseReplyTo(String word) {
    armed.set(word);
  }

  /** The next request that holds this word never arrives. */
  void loseRequest(String word) {
    refused.set(word);
  }

  /** The same, and from then on the store is away, until it is {@link #back}. */
  void loseReplyToAndStayAway(String word) {
    stayAway = true;
    armed.set(word);
  }

  void back() {
    away = false;
  }

  int cuts() {
    return cuts.get();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listener.accept();
      if (away) {
        client.close();
        continue;
      }
      Socket server = new Socket(host, port);
      open.add(client);
      open.add(server);
      Cut cut = new Cut();
      start(() -> requests(client, server, cut));
      start(() -> replies(server, client, cut));
    }
  }

  /** Whether the next reply on a connection is to be lost. */
  private static final class Cut {
    volatile boolean pending;
  }

  private void requests(Socket client, Socket server, Cut cut) throws IOException {
    byte[] buffer = new byte[1 << 16];
    InputStream in = client.getInputStream();
    OutputStream out = server.getOutputStream();
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      String request = new String(buffer, 0, n, ISO_8859_1);
      if (isMeant(refused, request)) {
        cut(client, server);
        return;
      }
      cut.pending |= isMeant(armed, request);
      out.write(buffer, 0, n);
    }
  }

  /** Whether the request is the one, which then is no more. */
  private static boolean isMeant(AtomicReference<@Nullable String> word, String request) {
    String wanted = word.get();
    return wanted != null && request.contains(wanted) && word.compareAndSet(wanted, null);
  }

  private void replies(Socket server, Socket client, Cut cut) throws IOException {
    byte[] buffer = new byte[1 << 16];
    InputStream in = server.getInputStream();
    OutputStream out = client.getOutputStream();
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      if (cut.pending) {
        cut(client, server);
        return;
      }
      out.write(buffer, 0, n);
    }
  }

  /** One connection ends; all of them, and new ones at once, if the store is to stay away. */
  private void cut(Socket client, Socket server) throws IOException {
    away = stayAway;
    client.close();
    server.close();
    if (away) {
      for (Closeable socket : open) {
        socket.close();
      }
    }
    cuts.incrementAndGet();
  }

  /** What a connection's end throws is how these threads end. */
  private static void start(Connection task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                Thread.currentThread().interrupt();
              }
            },
            "cutting-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private interface Connection {
    void run() throws IOException;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Closeable socket : open) {
      socket.close();
    }
  }
}
