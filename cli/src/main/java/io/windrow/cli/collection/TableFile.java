package io.windrow.cli.collection;

import io.windrow.cli.client.Collection;
import io.windrow.cli.client.CollectorClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The tables of a group that become files. */
enum TableFile {
  PRED("pred", "pred.arrow", Needs.NOTHING),
  LABEL("label", "label.arrow", Needs.LABELS),
  IC("ic", "ic.arrow", Needs.LABELS),
  QUANTILES("quantiles", "quantile_returns.arrow", Needs.LABELS),
  REPORT("report", "report_normal_1day.arrow", Needs.BACKTEST),
  POSITIONS("positions", "positions_normal_1day.arrow", Needs.BACKTEST),
  PORT_ANALYSIS("port_analysis", "port_analysis.json", Needs.BACKTEST);

  private enum Needs {
    NOTHING,
    LABELS,
    BACKTEST
  }

  private final String table;
  private final String file;
  private final Needs needs;

  TableFile(String table, String file, Needs needs) {
    this.table = table;
    this.file = file;
    this.needs = needs;
  }

  /** Whether a group of the collection has it. */
  boolean isIn(Collection collection, int group) {
    return switch (needs) {
      case NOTHING -> true;
      case LABELS -> collection.collect().artifacts().contains("label");
      case BACKTEST -> collection.groups().get(group).traded();
    };
  }

  byte[] fetch(CollectorClient collector, String submission, int group, boolean partial) {
    return file.endsWith(".json")
        ? collector.tableJson(submission, group, table, partial).getBytes(StandardCharsets.UTF_8)
        : collector.table(submission, group, table, partial);
  }

  /** Writes it; one that was left there by another collection would be taken for this one's. */
  void write(Path folder, byte @Nullable [] bytes) throws IOException {
    Path target = folder.resolve(file);
    if (bytes == null) {
      Files.deleteIfExists(target);
    } else {
      Files.write(target, bytes);
    }
  }
}
