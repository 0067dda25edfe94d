package io.windrow.web.security;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A token as callers send it: {@code wdr_<id>_<secret>}. The prefix lets scanners find tokens that
 * were published by mistake.
 *
 * @param id finds the token in the store
 * @param text all of it, which is hashed
 */
record TokenText(String id, String text) {
  static final String PREFIX = "wdr_";
  private static final Pattern FORM = Pattern.compile("wdr_([a-z0-9]{12})_[A-Za-z0-9_-]{43}");
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int ID_LENGTH = 12;
  private static final int SECRET_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  static TokenText random() {
    StringBuilder id = new StringBuilder(ID_LENGTH);
    for (int i = 0; i < ID_LENGTH; i++) {
      id.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
    }
    byte[] secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(secret);
    String text =
        PREFIX + id + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    return new TokenText(id.toString(), text);
  }

  /** Empty if it has not the form of a token. */
  static Optional<TokenText> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(new TokenText(matcher.group(1), text))
        : Optional.empty();
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return PREFIX + id + "_...";
  }
}
