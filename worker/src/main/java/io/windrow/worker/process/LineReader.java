package io.windrow.worker.process;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Splits a stream into lines and never holds more of one than it may be long. */
final class LineReader {
  private final InputStream in;
  private final int max;

  /**
   * A line.
   *
   * @param bytes without its end
   * @param cut whether the rest of it was thrown away
   * @param ended false if the stream ended in the middle of it
   */
  @SuppressWarnings("ArrayRecordComponent") // made and used up by one thread, never compared
  record Line(byte[] bytes, boolean cut, boolean ended) {}

  LineReader(InputStream in, int max) {
    this.in = new BufferedInputStream(in);
    this.max = max;
  }

  /** The next line; null at the end of the stream. */
  @Nullable Line next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    boolean cut = false;
    int read = in.read();
    if (read < 0) {
      return null;
    }
    for (; read >= 0 && read != '\n'; read = in.read()) {
      if (line.size() < max) {
        line.write(read);
      } else {
        cut = true;
      }
    }
    return new Line(line.toByteArray(), cut, read >= 0);
  }
}
