package io.windrow.experiment;

import java.nio.ByteBuffer;
import java.util.UUID;
import reactor.core.publisher.Flux;

/**
 * An artifact's bytes where they are kept: any part of them can be read without the rest.
 *
 * @param id no other content has it
 * @param length bytes
 * @param parts reads them
 */
public record StoredContent(String id, long length, Parts parts) {

  /** Reads a part. */
  @FunctionalInterface
  public interface Parts {

    /** The bytes from the first to the last, which is included. */
    Flux<ByteBuffer> read(long first, long last);
  }

  /** Bytes that are in memory. */
  static StoredContent of(byte[] bytes) {
    return new StoredContent(
        UUID.nameUUIDFromBytes(bytes).toString(),
        bytes.length,
        (first, last) ->
            Flux.just(
                ByteBuffer.wrap(bytes, Math.toIntExact(first), Math.toIntExact(last - first + 1))));
  }

  /** The bytes from the first to the last, which is included. */
  public Flux<ByteBuffer> read(long first, long last) {
    if (first < 0 || last >= length || first > last) {
      throw new IllegalArgumentException(
          "bytes %d to %d of %d are not there".formatted(first, last, length));
    }
    return parts.read(first, last);
  }

  /** All bytes. */
  public Flux<ByteBuffer> whole() {
    return length == 0 ? Flux.empty() : parts.read(0, length - 1);
  }
}
