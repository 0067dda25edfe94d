package io.windrow.quant.definition;

/**
 * Something wrong in a definition.
 *
 * @param path where: keys and list positions joined by dots, for example {@code
 *     dataset.kwargs.segments.train.0}; empty for the definition itself
 * @param message what is wrong and what would be right
 */
public record Problem(String path, String message) {

  @Override
  public String toString() {
    return path.isEmpty() ? message : path + ": " + message;
  }
}
