package io.windrow.cli.terminal;

import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how far something is: a bar on a terminal, else a line for each change. */
public interface Progress extends AutoCloseable {

  /**
   * Shows a step.
   *
   * @param done so many are done
   * @param all of so many
   * @param detail a few words
   */
  void show(long done, long all, String detail);

  /**
   * Shows a step.
   *
   * @param estimate of the end, or empty; it alone is no reason for another line
   */
  default void show(long done, long all, String detail, String estimate) {
    show(done, all, estimate.isEmpty() ? detail : detail + ", " + estimate);
  }

  @Override
  void close();

  /**
   * A bar if standard error is a terminal, else lines. The {@code windrow} script tells: a JVM
   * cannot ask about one stream.
   *
   * @param name what is being done
   * @param err where lines go
   */
  static Progress of(String name, PrintWriter err) {
    return Boolean.getBoolean("windrow.terminal") ? new Bar(name) : new Lines(name, err);
  }

  /** A line for each change. */
  final class Lines implements Progress {
    private final String name;
    private final PrintWriter err;
    private String last = "";

    Lines(String name, PrintWriter err) {
      this.name = name;
      this.err = err;
    }

    @Override
    public void show(long done, long all, String detail) {
      show(done, all, detail, "");
    }

    @Override
    public void show(long done, long all, String detail, String estimate) {
      String line = "%s: %d of %d (%s)".formatted(name, done, all, detail);
      if (!line.equals(last)) {
        err.println(estimate.isEmpty() ? line : line + ", " + estimate);
        err.flush();
        last = line;
      }
    }

    @Override
    public void close() {}
  }

  /** A bar that redraws itself. */
  final class Bar implements Progress {
    private final ProgressBar bar;

    Bar(String name) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(name)
              .setInitialMax(-1)
              .setUpdateIntervalMillis(200)
              .setStyle(ProgressBarStyle.ASCII)
              .setMaxRenderedLength(100)
              .build();
    }

    @Override
    public void show(long done, long all, String detail) {
      bar.maxHint(all);
      bar.stepTo(done);
      bar.setExtraMessage(detail);
    }

    @Override
    public void close() {
      bar.close();
    }
  }
}
