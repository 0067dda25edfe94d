package io.windrow.quant.dataset;

import io.windrow.quant.calendar.TradingCalendar;
import io.windrow.quant.definition.DateRange;
import io.windrow.quant.definition.DefinitionException;
import io.windrow.quant.panel.FeatureLabelPanel;

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
    if (!has(segment)) {
      throw new DefinitionException(DatasetConfig.SEGMENTS + segment, "there is no such segment");
    }
    FeatureLabelPanel rows = rows(segment, key);
    if (rows.rows() == 0) {
      long computed = rows(segment, DataKey.RAW).rows();
      throw new DefinitionException(
          DatasetConfig.SEGMENTS + segment,
          computed == 0
              ? "has no rows: no instrument has bars on its days, " + config.visible(segment)
              : "has no rows: the processors dropped all of the %d that were computed"
                  .formatted(computed));
    }
    return rows;
  }

  private FeatureLabelPanel rows(String segment, DataKey key) {
    DateRange days =
        config.visible(segment).intersect(new DateRange(calendar.first(), calendar.last()));
    return stages.get(key).between(days.first(), days.last());
  }
}
