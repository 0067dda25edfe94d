package io.windrow.quant.dataset;

import io.windrow.quant.panel.CrossSection;
import io.windrow.quant.panel.Panel;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** Reads what a {@link PanelWriter} wrote, through a memory mapping. Nothing is taken on trust. */
final class PanelReader {

  /** Most that is mapped at a time; a block lies in one mapping. */
  private static final long MAPPED = 256 << 20;

  private final FileChannel channel;
  private final List<CrossSection> blocks;

  private PanelReader(FileChannel channel, List<CrossSection> blocks) {
    this.channel = channel;
    this.blocks = blocks;
  }

  /**
   * The panels of a file; they share the blocks of the base panels.
   *
   * @throws BrokenPanelFile if the file is damaged, or was not written with this key and base
   */
  static List<Panel> read(Path file, byte[] key, List<Panel> base) throws IOException {
    List<CrossSection> known =
        new ArrayList<>(base.stream().flatMap(panel -> panel.days().stream()).toList());
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return new PanelReader(channel, known).read(key);
    } catch (RuntimeException | InternalError | EOFException e) {
      // InternalError is what a mapping throws when its file is cut off meanwhile.
      throw new BrokenPanelFile("it cannot be read: " + e, e);
    }
  }

  private List<Panel> read(byte[] key) throws IOException {
    long size = channel.size();
    PanelHeader header = PanelHeader.read(map(0, Math.min(size, PanelHeader.BYTES)), size, key);
    byte[] index = new byte[Math.toIntExact(header.indexBytes())];
    map(PanelHeader.BYTES, index.length).get(index);
    if (PanelHeader.crc(index) != header.indexCrc()) {
      throw new BrokenPanelFile("the checksum of its index is wrong");
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(index));
    if (in.readInt() != blocks.size()) {
      throw new BrokenPanelFile("it was written beside other panels");
    }
    readBlocks(layout(in), header);
    List<Panel> panels = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      panels.add(panel(in));
    }
    return panels;
  }

  private record Block(LocalDate date, int rows, int values) {
    long bytes() {
      return (long) Integer.BYTES * rows + (long) Float.BYTES * values;
    }
  }

  private static List<Block> layout(DataInputStream in) throws IOException {
    List<Block> layout = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      layout.add(new Block(LocalDate.ofEpochDay(in.readLong()), in.readInt(), in.readInt()));
    }
    return layout;
  }

  private void readBlocks(List<Block> layout, PanelHeader header) throws IOException {
    if (layout.stream().mapToLong(Block::bytes).sum() != header.dataBytes()) {
      throw new BrokenPanelFile("its index does not fit its data");
    }
    long position = PanelHeader.BYTES + header.indexBytes();
    long end = position + header.dataBytes();
    CRC32C crc = new CRC32C();
    ByteBuffer mapped = ByteBuffer.allocate(0);
    for (Block block : layout) {
      if (mapped.remaining() < block.bytes()) {
        mapped = map(position, Math.min(end - position, Math.max(MAPPED, block.bytes())));
      }
      crc.update(mapped.slice(mapped.position(), (int) block.bytes()));
      int[] instruments = new int[block.rows()];
      mapped.asIntBuffer().get(instruments);
      mapped.position(mapped.position() + Integer.BYTES * block.rows());
      float[] values = new float[block.values()];
      mapped.asFloatBuffer().get(values);
      mapped.position(mapped.position() + Float.BYTES * block.values());
      position += block.bytes();
      blocks.add(new CrossSection(block.date(), instruments, values));
    }
    if ((int) crc.getValue() != header.dataCrc()) {
      throw new BrokenPanelFile("the checksum of its data is wrong");
    }
  }

  private Panel panel(DataInputStream in) throws IOException {
    List<String> columns = texts(in);
    List<String> symbols = texts(in);
    List<CrossSection> days = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      CrossSection day = blocks.get(in.readInt());
      if (day.values().length != day.rows() * columns.size()) {
        throw new BrokenPanelFile("its panels do not fit its blocks");
      }
      days.add(day);
    }
    return new Panel(columns, symbols, List.copyOf(days));
  }

  private static List<String> texts(DataInputStream in) throws IOException {
    List<String> texts = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      texts.add(in.readUTF());
    }
    return List.copyOf(texts);
  }

  private ByteBuffer map(long position, long bytes) throws IOException {
    MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, position, bytes);
    return mapped.order(ByteOrder.LITTLE_ENDIAN);
  }
}
