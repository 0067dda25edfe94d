package io.windrow.web.security;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a caller may do. Each scope includes those before it. */
public enum Scope {
  /** Looks at everything but tokens and the audit log. */
  READ,
  /** Submits workflows, runs tasks by hand, records experiments. */
  SUBMIT,
  /** Changes and removes what others submitted: retry, cancel, pause, limits, retention. */
  OPERATE,
  /** Gives and revokes tokens, reads the audit log. */
  ADMIN;

  /** Whether who has this one may do what needs the other. */
  public boolean includes(Scope needed) {
    return compareTo(needed) >= 0;
  }

  /** As callers write it, for example {@code read}. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The scope of that word, if there is one. */
  public static Optional<Scope> named(String word) {
    return Arrays.stream(values()).filter(scope -> scope.word().equals(word)).findFirst();
  }

  /**
   * The scope of that word.
   *
   * @throws IllegalArgumentException if there is none, naming those there are
   */
  public static Scope of(@Nullable String word) {
    String given = word == null ? "" : word;
    return named(given)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "a scope is one of "
                        + Arrays.stream(values()).map(Scope::word).collect(Collectors.joining(", "))
                        + ", not '"
                        + given.lines().findFirst().orElse("")
                        + "'"));
  }
}
