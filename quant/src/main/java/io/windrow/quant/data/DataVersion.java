package io.windrow.quant.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Hashes of a data folder, see {@link DataStore#version()} and {@link DataStore#contents()}. */
final class DataVersion {

  private DataVersion() {}

  /** By the times of the field files. */
  static String of(DataLayout layout) {
    return hash(layout, DataVersion::addTime);
  }

  /** By the bytes of the field files. */
  static String contents(DataLayout layout) {
    return hash(layout, (hash, file) -> hash.update(Files.readAllBytes(file)));
  }

  private interface FieldFile {
    void add(MessageDigest hash, Path file) throws IOException;
  }

  private static String hash(DataLayout layout, FieldFile field) {
    MessageDigest hash = sha256();
    try {
      for (Path folder : List.of(layout.calendars(), layout.instruments())) {
        for (Path file : files(folder)) {
          add(hash, layout.root().relativize(file), Files.size(file));
          hash.update(Files.readAllBytes(file));
        }
      }
      for (Path file : files(layout.features())) {
        add(hash, layout.root().relativize(file), Files.size(file));
        field.add(hash, file);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new DataException("cannot read " + layout.root() + ": " + e.getMessage(), e);
    }
    return HexFormat.of().formatHex(hash.digest());
  }

  private static void addTime(MessageDigest hash, Path file) throws IOException {
    String time = Files.getLastModifiedTime(file).toString();
    hash.update(time.getBytes(StandardCharsets.UTF_8));
  }

  private static void add(MessageDigest hash, Path name, long size) {
    hash.update(("\n" + name + "\t" + size + "\t").getBytes(StandardCharsets.UTF_8));
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(folder, 2)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
