package io.windrow.quant.dataset;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The first bytes of a {@linkplain PanelWriter file of panels}, little-endian: magic number,
 * version, key, then length and CRC-32C of the index and of the data that follow.
 *
 * @param key hash of what the panels are
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole
record PanelHeader(byte[] key, long indexBytes, int indexCrc, long dataBytes, int dataCrc) {

  /** Of the layout; what the values mean is part of the key. */
  static final int VERSION = 1;

  static final int KEY_BYTES = 32;
  static final int BYTES = 8 + 4 + KEY_BYTES + 8 + 4 + 8 + 4;

  /** "windrowp" */
  private static final long MAGIC = 0x70776f72646e6977L;

  ByteBuffer toBytes() {
    return ByteBuffer.allocate(BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(MAGIC)
        .putInt(VERSION)
        .put(key)
        .putLong(indexBytes)
        .putInt(indexCrc)
        .putLong(dataBytes)
        .putInt(dataCrc)
        .flip();
  }

  /**
   * Reads a header and holds it against the file it is from.
   *
   * @param fileBytes length of the file
   */
  static PanelHeader read(ByteBuffer bytes, long fileBytes, byte[] key) throws BrokenPanelFile {
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.remaining() < BYTES || bytes.getLong() != MAGIC) {
      throw new BrokenPanelFile("it is no file of panels");
    }
    int version = bytes.getInt();
    if (version != VERSION) {
      throw new BrokenPanelFile("its format is version " + version + ", not " + VERSION);
    }
    byte[] found = new byte[KEY_BYTES];
    bytes.get(found);
    if (!Arrays.equals(found, key)) {
      throw new BrokenPanelFile("it holds other panels than its name says");
    }
    PanelHeader header =
        new PanelHeader(found, bytes.getLong(), bytes.getInt(), bytes.getLong(), bytes.getInt());
    if (header.indexBytes < 0
        || header.indexBytes > Integer.MAX_VALUE
        || header.dataBytes < 0
        || header.dataBytes != fileBytes - BYTES - header.indexBytes) {
      throw new BrokenPanelFile("it is " + fileBytes + " bytes long, not as its header says");
    }
    return header;
  }

  static int crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
