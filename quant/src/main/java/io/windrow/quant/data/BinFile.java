package io.windrow.quant.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Qlib's file of one field: little-endian float32, first the calendar index of the first value,
 * then one value per calendar day.
 */
final class BinFile {

  private BinFile() {}

  /** Reads the file; {@link Series#EMPTY} if there is none. */
  static Series read(Path file, int calendarDays) {
    byte[] bytes;
    try {
      long size = Files.size(file);
      check(file, size, calendarDays);
      bytes = Files.readAllBytes(file);
      check(file, bytes.length, calendarDays);
    } catch (NoSuchFileException e) {
      return Series.EMPTY;
    } catch (IOException e) {
      throw new DataException("cannot read " + file + ": " + e.getMessage(), e);
    }
    FloatBuffer floats = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float header = floats.get();
    if (!(header >= 0 && header <= calendarDays && header == Math.rint(header))) {
      throw new DataException(
          file
              + " says that its first value is at calendar index "
              + header
              + ", but the calendar has the indices 0 to "
              + (calendarDays - 1)
              + ": import the data again");
    }
    float[] values = new float[floats.remaining()];
    floats.get(values);
    if (header + values.length > calendarDays) {
      throw new DataException(
          file
              + " holds "
              + values.length
              + " values from calendar index "
              + (int) header
              + " on, beyond the calendar's "
              + calendarDays
              + " days: import the data and its calendar together");
    }
    return new Series((int) header, values);
  }

  private static void check(Path file, long size, int calendarDays) {
    if (size == 0 || size % Float.BYTES != 0) {
      throw new DataException(
          file
              + " is truncated: "
              + size
              + " bytes are not a header and whole float32 values: import the data again");
    }
    if (size > (calendarDays + 1L) * Float.BYTES) {
      throw new DataException(
          file
              + " is "
              + size
              + " bytes long, more than the "
              + calendarDays
              + " days of the calendar need: import the data and its calendar together");
    }
  }

  static void write(Path file, Series series) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate((series.values().length + 1) * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(series.start()).put(series.values());
    Files.write(file, bytes.array());
  }
}
