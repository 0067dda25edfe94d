package io.windrow.quant.dataset;

import java.io.IOException;

/** A file that does not hold the panels that were asked for. */
final class BrokenPanelFile extends IOException {
  BrokenPanelFile(String message) {
    super(message);
  }

  BrokenPanelFile(String message, Throwable cause) {
    super(message, cause);
  }
}
