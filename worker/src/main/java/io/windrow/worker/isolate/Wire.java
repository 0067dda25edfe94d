package io.windrow.worker.isolate;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Messages over a pair of streams: length and JSON of the message, length and bytes that go with
 * it. Any thread may send; one receives.
 */
final class Wire {
  private static final byte[] NOTHING = {};
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final DataInputStream in;
  private final DataOutputStream out;
  private final int most;

  /**
   * @param most bytes of a message, and again of what goes with it
   */
  Wire(InputStream in, OutputStream out, int most) {
    this.in = new DataInputStream(new BufferedInputStream(in));
    this.out = new DataOutputStream(new BufferedOutputStream(out));
    this.most = most;
  }

  /** A message as received. */
  @SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
  record Received(Message message, byte[] bytes) {}

  void send(Message message) throws IOException {
    send(message, NOTHING);
  }

  synchronized void send(Message message, byte[] bytes) throws IOException {
    byte[] json = JSON.writerFor(Message.class).writeValueAsBytes(message);
    out.writeInt(check(json.length));
    out.write(json);
    out.writeInt(check(bytes.length));
    out.write(bytes);
    out.flush();
  }

  /** The next message; null at the end of the stream, also if it comes within a message. */
  @Nullable Received receive() throws IOException {
    try {
      Message message = JSON.readValue(next(), Message.class);
      return new Received(message, next());
    } catch (EOFException e) {
      return null;
    }
  }

  private byte[] next() throws IOException {
    int length = check(in.readInt());
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return bytes;
  }

  private int check(int length) throws IOException {
    if (length < 0 || length > most) {
      throw new IOException(
          "a message of %d bytes is more than the %d of windrow.worker.isolation.max-artifact"
              .formatted(length, most));
    }
    return length;
  }
}
