package io.windrow.cli.bench;

import io.windrow.cli.terminal.Progress;
import java.util.List;

/**
 * Keeps what a benchmark tells as it goes.
 *
 * @param told gets a line each time
 */
record ToldProgress(List<String> told) implements Progress {
  @Override
  public void show(long done, long all, String detail) {
    told.add(done + " of " + all + ": " + detail);
  }

  @Override
  public void close() {}
}
