package io.windrow.collector.gather;

import org.jspecify.annotations.Nullable;

/** An artifact that a collection needs is not there or cannot be read. */
public final class MissingArtifactException extends RuntimeException {
  private static final long serialVersionUID = 1;

  MissingArtifactException(String recorder, String path, @Nullable Throwable cause) {
    super(
        "recorder %s %s: run its task again, or collect with onlyExist"
            .formatted(recorder, cause == null ? "has no " + path : "has a damaged " + path),
        cause);
  }
}
