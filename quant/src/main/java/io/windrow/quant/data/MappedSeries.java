package io.windrow.quant.data;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * A series that stays in its file. What is asked for is mapped into memory and copied from there
 * once, so that a few days of years of minutes cost a few pages. No mapping outlives the call: a
 * process may have only so many.
 *
 * @param file in the form that {@link BinFile} reads
 * @param start calendar index of the first value
 * @param end calendar index after the last value
 */
record MappedSeries(Path file, int start, int end) implements StoredSeries {

  private static final int CHUNK = 4096;

  @Override
  public double[] doubles(int first, int end) {
    double[] doubles = new double[end - first];
    float[] chunk = new float[Math.min(CHUNK, doubles.length)];
    copy(
        first,
        end,
        mapped -> {
          for (int from = 0; from < doubles.length; from += chunk.length) {
            int length = Math.min(chunk.length, doubles.length - from);
            mapped.get(from, chunk, 0, length);
            for (int i = 0; i < length; i++) {
              doubles[from + i] = chunk[i];
            }
          }
        });
    return doubles;
  }

  @Override
  public Series load() {
    float[] values = new float[end - start];
    copy(start, end, mapped -> mapped.get(0, values));
    return new Series(start, values);
  }

  interface Copying {
    void from(FloatBuffer mapped);
  }

  /**
   * Copies a part of the file. Reading a mapped page that a shortened file lacks, or a broken disk,
   * gives zeros and an {@link InternalError}, which the JVM throws when it gets round to it. So it
   * is brought to light here, before it can hit whoever runs next.
   */
  void copy(int first, int end, Copying copying) {
    Objects.checkFromToIndex(first - start, end - start, this.end - start);
    try {
      copying.from(map(BinFile.offset(first - start), BinFile.offset(end - start)));
      surface(2);
      if (Files.size(file) < size()) {
        throw changed();
      }
    } catch (InternalError e) {
      throw changed();
    } catch (IOException e) {
      throw new DataException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Lets the JVM throw the error that is pending. It looks for one when compiled code calls the
   * runtime, as to make arrays of arrays whose sizes the compiler does not know; a native method or
   * the end of this one comes too late (measured: 800 of 800 cut files here, 255 without, on JDK
   * 17).
   */
  @CanIgnoreReturnValue
  private static int surface(int size) {
    return new byte[size][size].length;
  }

  private FloatBuffer map(long from, long end) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() < size() || BinFile.header(channel, file) != start) {
        throw changed();
      }
      return channel
          .map(MapMode.READ_ONLY, from, end - from)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer();
    }
  }

  private long size() {
    return BinFile.offset(end - start);
  }

  private DataException changed() {
    return new DataException(
        file + " became another file while it was read: read it again when nobody writes to it");
  }
}
