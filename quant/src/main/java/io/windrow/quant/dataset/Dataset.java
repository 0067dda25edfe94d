package io.windrow.quant.dataset;

import io.windrow.quant.calendar.TradingCalendar;
import io.windrow.quant.definition.DateRange;
import io.windrow.quant.definition.DefinitionException;
import io.windrow.quant.panel.FeatureLabelPanel;
import java.util.Optional;

/** A dataset with its data: Qlib's DatasetH. */
public final class Dataset {

  private final DatasetConfig config;
  private final HandlerData stages;
  private final TradingCalendar calendar;

  Dataset(DatasetConfig config, HandlerData stages, TradingCalendar calendar) {
    this.config = config;
    this.stages = stages;
    this.calendar = calendar;
  }

  public boolean has(String segment) {
    return config.segments().containsKey(segment);
  }

  /**
   * The rows of a segment, a view.
   *
   * @throws DefinitionException if the segment is not there or has no rows
   */
  public FeatureLabelPanel prepare(String segment, DataKey key) {
    String path = "dataset.kwargs.segments." + segment;
    DateRange days =
        Optional.ofNullable(config.segments().get(segment))
            .orElseThrow(() -> new DefinitionException(path, "there is no such segment"));
    DateRange visible =
        days.intersect(config.handler().days())
            .intersect(new DateRange(calendar.first(), calendar.last()));
    if (!visible.isEmpty()) {
      FeatureLabelPanel rows = stages.get(key).between(visible.first(), visible.last());
      if (rows.rows() > 0) {
        return rows;
      }
    }
    throw new DefinitionException(
        path,
        "has no rows: it spans "
            + days
            + ", the handler "
            + config.handler().days()
            + ", the calendar "
            + calendar.first()
            + ".."
            + calendar.last());
  }
}
