package io.windrow.experiment;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Schedulers;

/**
 * The bytes of an artifact, piece by piece, so that its size needs no memory.
 *
 * @param length how many
 * @param bytes the pieces, in order, each of {@link #PIECE} bytes but the last; those who can be
 *     subscribed to again begin anew
 */
public record Content(long length, Flux<ByteBuffer> bytes) {
  /** Bytes of a piece: GridFS's own measure. */
  static final int PIECE = 255 << 10;

  /** Bytes that are in memory. */
  public static Content of(byte[] bytes) {
    return new Content(
        bytes.length,
        Flux.range(0, (bytes.length + PIECE - 1) / PIECE)
            .map(
                piece -> {
                  int from = piece * PIECE;
                  return ByteBuffer.wrap(bytes, from, Math.min(PIECE, bytes.length - from));
                }));
  }

  /**
   * The first bytes of a file, which is read anew for each subscription; an error there if it is a
   * link, cannot be read, or is shorter.
   */
  public static Content of(Path file, long length) {
    return new Content(
        length,
        Flux.using(
                () -> open(file),
                channel -> Flux.<ByteBuffer>generate(sink -> next(channel, length, sink)),
                Content::close)
            .subscribeOn(Schedulers.boundedElastic(), true));
  }

  private static SeekableByteChannel open(Path file) throws IOException {
    return Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
  }

  private static void next(
      SeekableByteChannel channel, long length, SynchronousSink<ByteBuffer> sink) {
    try {
      ByteBuffer piece = ByteBuffer.allocate((int) Math.min(length - channel.position(), PIECE));
      while (piece.hasRemaining()) {
        if (channel.read(piece) < 0) {
          throw new EOFException("the file has become shorter than its " + length + " bytes");
        }
      }
      if (piece.limit() == 0) {
        sink.complete();
      } else {
        sink.next(piece.flip());
      }
    } catch (IOException e) {
      sink.error(e);
    }
  }

  private static void close(SeekableByteChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All bytes at once. */
  public Mono<byte[]> whole() {
    return bytes
        .collect(
            () -> ByteBuffer.allocate(Math.toIntExact(length)),
            (all, part) -> all.put(part.duplicate()))
        .map(ByteBuffer::array);
  }

  /** Writes all bytes to a new file; what an error leaves of it is the caller's to delete. */
  public Mono<Void> writeTo(Path file) {
    return Mono.using(
            () -> FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            channel ->
                bytes
                    .publishOn(Schedulers.boundedElastic(), 1)
                    .concatMap(piece -> Mono.fromCallable(() -> write(channel, piece)))
                    .then(),
            Content::close)
        .subscribeOn(Schedulers.boundedElastic());
  }

  private static int write(FileChannel channel, ByteBuffer piece) throws IOException {
    int written = 0;
    while (piece.hasRemaining()) {
      written += channel.write(piece);
    }
    return written;
  }
}
