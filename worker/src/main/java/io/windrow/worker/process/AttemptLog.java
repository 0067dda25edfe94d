package io.windrow.worker.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * What a command wrote for people, bounded: the beginning, where a mistake in the set-up shows, and
 * the end, where the error is. Safe for the threads of both streams.
 */
public final class AttemptLog {
  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private final int headMax;
  private final byte[] ring;
  private long tailed;

  /**
   * @param max bytes kept
   */
  public AttemptLog(int max) {
    this.headMax = max / 4;
    this.ring = new byte[max - headMax];
  }

  /** Takes a whole stream in. */
  public void drain(InputStream in) throws IOException {
    byte[] buffer = new byte[8192];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      append(buffer, read);
    }
  }

  /** Adds a line; its end is added. */
  void line(byte[] text) {
    byte[] line = new byte[text.length + 1];
    System.arraycopy(text, 0, line, 0, text.length);
    line[text.length] = '\n';
    append(line, line.length);
  }

  private synchronized void append(byte[] bytes, int length) {
    int first = Math.min(length, headMax - head.size());
    head.write(bytes, 0, first);
    for (int i = first; i < length; i++) {
      ring[(int) (tailed++ % ring.length)] = bytes[i];
    }
  }

  /** How many bytes were written to it, kept or not. */
  synchronized long written() {
    return head.size() + tailed;
  }

  /** The log; a line in its middle says how much was left out. */
  synchronized byte[] bytes() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.toByteArray());
    long lost = tailed - ring.length;
    if (lost > 0) {
      all.writeBytes(("\n... " + lost + " bytes left out ...\n").getBytes(StandardCharsets.UTF_8));
    }
    for (long i = Math.max(0, lost); i < tailed; i++) {
      all.write(ring[(int) (i % ring.length)]);
    }
    return all.toByteArray();
  }

  /** Its last characters, for an error's message. */
  public String end(int max) {
    String text = new String(bytes(), StandardCharsets.UTF_8).strip();
    return text.length() <= max ? text : "..." + text.substring(text.length() - max);
  }
}
