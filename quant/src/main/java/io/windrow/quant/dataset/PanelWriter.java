package io.windrow.quant.dataset;

import io.windrow.quant.panel.CrossSection;
import io.windrow.quant.panel.Panel;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Writes panels to a file: {@link PanelHeader}, index, data. The index has columns, symbols and
 * days of each panel; a day is the number of its block. Blocks that several panels share are
 * written once, and those of the base panels, which a reader has already, not at all: they come
 * first in the numbering. The data are the other blocks: instruments, then values.
 */
final class PanelWriter {

  private static final int BUFFER = 4 << 20;

  private final IdentityHashMap<CrossSection, Integer> numbers = new IdentityHashMap<>();
  private final List<CrossSection> own = new ArrayList<>();
  private final byte[] index;
  private final long dataBytes;

  /**
   * Lays the file out.
   *
   * @param base panels that a reader of the file has
   */
  PanelWriter(List<Panel> base, List<Panel> panels) {
    base.forEach(panel -> panel.days().forEach(day -> numbers.putIfAbsent(day, numbers.size())));
    int known = numbers.size();
    for (Panel panel : panels) {
      for (CrossSection day : panel.days()) {
        if (numbers.putIfAbsent(day, numbers.size()) == null) {
          own.add(day);
        }
      }
    }
    index = index(known, panels);
    dataBytes = own.stream().mapToLong(day -> 4L * (day.rows() + (long) day.values().length)).sum();
  }

  /** Length of the file. */
  long bytes() {
    return PanelHeader.BYTES + index.length + dataBytes;
  }

  /** Writes a file that is not there yet. */
  void write(Path file, byte[] key) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.position(PanelHeader.BYTES);
      writeFully(channel, ByteBuffer.wrap(index));
      CRC32C crc = new CRC32C();
      ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
      for (CrossSection day : own) {
        writeInts(channel, buffer, crc, day.instruments());
        writeFloats(channel, buffer, crc, day.values());
      }
      flush(channel, buffer, crc);
      PanelHeader header =
          new PanelHeader(
              key, index.length, PanelHeader.crc(index), dataBytes, (int) crc.getValue());
      channel.position(0);
      writeFully(channel, header.toBytes());
    }
  }

  private byte[] index(int known, List<Panel> panels) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(known);
      out.writeInt(own.size());
      for (CrossSection day : own) {
        out.writeLong(day.date().toEpochDay());
        out.writeInt(day.rows());
        out.writeInt(day.values().length);
      }
      out.writeInt(panels.size());
      for (Panel panel : panels) {
        writeTexts(out, panel.columns());
        writeTexts(out, panel.symbols());
        out.writeInt(panel.days().size());
        for (CrossSection day : panel.days()) {
          out.writeInt(numbers.get(day));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void writeTexts(DataOutputStream out, List<String> texts) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      out.writeUTF(text);
    }
  }

  private static void writeInts(FileChannel channel, ByteBuffer buffer, CRC32C crc, int[] values)
      throws IOException {
    for (int from = 0; from < values.length; ) {
      int count = room(channel, buffer, crc, values.length - from);
      buffer.asIntBuffer().put(values, from, count);
      advance(buffer, count);
      from += count;
    }
  }

  private static void writeFloats(
      FileChannel channel, ByteBuffer buffer, CRC32C crc, float[] values) throws IOException {
    for (int from = 0; from < values.length; ) {
      int count = room(channel, buffer, crc, values.length - from);
      buffer.asFloatBuffer().put(values, from, count);
      advance(buffer, count);
      from += count;
    }
  }

  /** How many of the wanted 4-byte values fit, at least one. */
  private static int room(FileChannel channel, ByteBuffer buffer, CRC32C crc, int wanted)
      throws IOException {
    if (buffer.remaining() < Integer.BYTES) {
      flush(channel, buffer, crc);
    }
    return Math.min(wanted, buffer.remaining() / Integer.BYTES);
  }

  private static void advance(Buffer buffer, int count) {
    buffer.position(buffer.position() + count * Integer.BYTES);
  }

  private static void flush(FileChannel channel, ByteBuffer buffer, CRC32C crc) throws IOException {
    buffer.flip();
    crc.update(buffer.duplicate());
    writeFully(channel, buffer);
    buffer.clear();
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
