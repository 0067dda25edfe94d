package io.windrow.coordinator.console;

import io.windrow.web.conditional.ETags;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/**
 * A file as browsers get it.
 *
 * @param type with its charset
 * @param plain its own bytes
 * @param gzipped the same compressed, or null if that makes it no shorter
 */
record ConsoleFile(MediaType type, Encoded plain, @Nullable Encoded gzipped) {
  private static final Map<String, MediaType> TYPES =
      Map.of(
          "html", MediaType.valueOf("text/html;charset=utf-8"),
          "css", MediaType.valueOf("text/css;charset=utf-8"),
          "js", MediaType.valueOf("text/javascript;charset=utf-8"),
          "json", MediaType.valueOf("application/json;charset=utf-8"),
          "svg", MediaType.valueOf("image/svg+xml;charset=utf-8"),
          "png", MediaType.IMAGE_PNG,
          "ico", MediaType.valueOf("image/x-icon"),
          "woff2", MediaType.valueOf("font/woff2"));

  /** What goes over the wire. */
  static final class Encoded {
    private final byte[] bytes;
    private final String tag;

    Encoded(byte[] bytes) {
      this.bytes = bytes;
      this.tag = ETags.of(bytes);
    }

    /** Nobody may change them. */
    byte[] bytes() {
      return bytes;
    }

    /** Strong: of these bytes and no others. */
    String tag() {
      return tag;
    }
  }

  /** Compresses it, once for all who ask for it. */
  static ConsoleFile of(String name, byte[] bytes) {
    byte[] shorter = gzip(bytes);
    return new ConsoleFile(
        type(name),
        new Encoded(bytes),
        shorter.length < bytes.length ? new Encoded(shorter) : null);
  }

  private static MediaType type(String name) {
    return Optional.ofNullable(TYPES.get(name.substring(name.lastIndexOf('.') + 1)))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "console file %s: its ending has no content type, known are %s"
                        .formatted(name, List.copyOf(TYPES.keySet()))));
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not in memory
    }
    return out.toByteArray();
  }
}
