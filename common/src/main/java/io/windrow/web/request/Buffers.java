package io.windrow.web.request;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/** Parts of the bodies of requests and answers. */
public final class Buffers {
  private Buffers() {}

  /** The bytes of a buffer, which is released. */
  public static byte[] bytes(DataBuffer buffer) {
    byte[] bytes = new byte[buffer.readableByteCount()];
    buffer.read(bytes);
    DataBufferUtils.release(buffer);
    return bytes;
  }
}
