package io.windrow.web.security;

import io.windrow.web.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Hashes of tokens. A token holds 256 random bits, so one round of SHA-256 keeps it secret: there
 * is no list of likely tokens to try.
 */
final class Hashes {
  private Hashes() {}

  static byte[] sha256(String token) {
    return Sha256.of(token.getBytes(StandardCharsets.UTF_8));
  }

  /** Takes as long wherever they differ. */
  static boolean same(byte[] one, byte[] other) {
    return MessageDigest.isEqual(one, other);
  }

  static String toHex(byte[] hash) {
    return HexFormat.of().formatHex(hash);
  }

  static byte[] fromHex(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
