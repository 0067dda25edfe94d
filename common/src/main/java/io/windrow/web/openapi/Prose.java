package io.windrow.web.openapi;

import org.jspecify.annotations.Nullable;

/** Javadoc as plain text. */
final class Prose {
  private Prose() {}

  static @Nullable String of(@Nullable String javadoc) {
    if (javadoc == null) {
      return null;
    }
    String text =
        javadoc
            .replaceAll("</?code>", "`")
            .replaceAll("<[^>]*>", "")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&")
            .replaceAll("\\s+", " ")
            .replaceAll("` ?([^`]*?) ?`", "`$1`")
            .strip();
    return text.isEmpty() ? null : text;
  }
}
