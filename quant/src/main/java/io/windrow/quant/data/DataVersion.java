package io.windrow.quant.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
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
    return hash(layout, DataVersion::addBytes);
  }

  private interface FieldFile {
    void add(MessageDigest hash, Path name, Path file) throws IOException;
  }

  private static String hash(DataLayout layout, FieldFile field) {
    MessageDigest hash = sha256();
    try {
      for (Path folder : List.of(layout.calendars(), layout.instruments())) {
        for (Path file : files(folder)) {
          addBytes(hash, layout.root().relativize(file), file);
        }
      }
      for (Path file : files(layout.features())) {
        field.add(hash, layout.root().relativize(file), file);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new DataException("cannot read " + layout.root() + ": " + e.getMessage(), e);
    }
    return HexFormat.of().formatHex(hash.digest());
  }

  private static void addTime(MessageDigest hash, Path name, Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    add(hash, name, attributes.size());
    hash.update(attributes.lastModifiedTime().toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void addBytes(MessageDigest hash, Path name, Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    add(hash, name, bytes.length);
    hash.update(bytes);
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
