package io.windrow.quant.data;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.IntSupplier;

/**
 * Qlib's file of one field: little-endian float32, first the calendar index of the first value,
 * then one value per bar of the calendar.
 */
final class BinFile {

  /**
   * From this size on a file is mapped, which pays from there. Best of ten rounds, opened, copied
   * to an array and closed, in the page cache: 14 KiB (14 years of days) took 14 us to read and 21
   * to map, 64 KiB 43 and 39, 4 MiB (11 years of US minutes) 4.8 and 1.7 ms; a tenth of 4 MiB 2.5
   * and 0.2 ms.
   */
  private static final long MAPPED_FROM = 64 * 1024;

  private BinFile() {}

  /** Where the value at a distance from the first one lies in the file. */
  static long offset(int distance) {
    return (distance + 1L) * Float.BYTES;
  }

  /**
   * Opens the file; {@link Series#EMPTY} if there is none.
   *
   * @param calendarDays length of the reader's calendar; what lies beyond is not there for it
   * @param longest length of the longest calendar the folder is known to have; asked only when the
   *     file does not fit the reader's
   */
  static StoredSeries open(Path file, int calendarDays, IntSupplier longest) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size == 0 || size % Float.BYTES != 0) {
        throw new DataException(
            file
                + " is truncated: "
                + size
                + " bytes are not a header and whole float32 values: import the data again");
      }
      boolean small = size < MAPPED_FROM;
      FloatBuffer floats = floats(channel, file, small ? (int) size / Float.BYTES : 1);
      float header = floats.get();
      long values = size / Float.BYTES - 1;
      if (!fits(header, values, calendarDays)) {
        checkFits(file, header, values, Math.max(calendarDays, longest.getAsInt()));
      }
      int start = (int) Math.min(header, calendarDays);
      int end = (int) Math.min(start + values, calendarDays);
      if (start == end) {
        return Series.EMPTY;
      }
      return small ? series(floats, start, end) : new MappedSeries(file, start, end);
    } catch (NoSuchFileException e) {
      return Series.EMPTY;
    } catch (IOException e) {
      throw new DataException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static boolean fits(float header, long values, int calendarDays) {
    return header >= 0 && header == Math.rint(header) && header + (double) values <= calendarDays;
  }

  private static void checkFits(Path file, float header, long values, int calendarDays) {
    if (!(header >= 0 && header <= calendarDays && header == Math.rint(header))) {
      throw new DataException(
          file
              + " says that its first value is at calendar index "
              + header
              + ", but the calendar has the indices 0 to "
              + (calendarDays - 1)
              + ": import the data again");
    }
    if (!fits(header, values, calendarDays)) {
      throw new DataException(
          file
              + " holds "
              + values
              + " values from calendar index "
              + (int) header
              + " on, beyond the calendar's "
              + calendarDays
              + " days: import the data and its calendar together");
    }
  }

  /** The first number of the file. */
  static float header(FileChannel channel, Path file) throws IOException {
    return floats(channel, file, 1).get();
  }

  private static Series series(FloatBuffer floats, int start, int end) {
    float[] values = new float[end - start];
    floats.get(values);
    return new Series(start, values);
  }

  /** So many of the file's first numbers. */
  private static FloatBuffer floats(FileChannel channel, Path file, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, bytes.position()) < 0) {
        throw new EOFException(file.getFileName() + " became shorter while it was read");
      }
    }
    return bytes.flip().asFloatBuffer();
  }

  static void write(Path file, Series series) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate((series.values().length + 1) * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(series.start()).put(series.values());
    WholeFile.write(file, bytes.array());
  }
}
