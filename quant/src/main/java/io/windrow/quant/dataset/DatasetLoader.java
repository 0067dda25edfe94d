package io.windrow.quant.dataset;

import io.windrow.quant.data.DataStore;
import io.windrow.quant.data.Universe;
import io.windrow.quant.definition.DateRange;
import io.windrow.quant.factor.FactorEngine;
import io.windrow.quant.factor.FactorSet;
import io.windrow.quant.panel.FeatureLabelPanel;
import io.windrow.quant.panel.Panel;
import io.windrow.quant.panel.PanelEditor;
import io.windrow.quant.processor.Processor;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/**
 * Makes datasets, taking every expensive part from the cache.
 *
 * <p>Features are computed from the handler's first day to the end of the calendar, and processed
 * as far: their values do not depend on the handler's last day, which alone differs between the
 * windows of a rolling workflow. So all windows share one panel and take views of it. Labels near a
 * handler's last day see the days after it, as in Qlib.
 */
public final class DatasetLoader {

  private final FeatureCache cache;
  private final FactorEngine engine;

  public DatasetLoader(FeatureCache cache, FactorEngine engine) {
    this.cache = cache;
    this.engine = engine;
  }

  private record FactorKey(
      Path folder, String version, Instruments instruments, LocalDate first, FactorSet factors) {}

  private record ProcessKey(
      FactorKey features,
      FactorKey labels,
      List<Processor> shared,
      List<Processor> infer,
      List<Processor> learn,
      boolean append) {}

  /**
   * Loads a dataset.
   *
   * @param folder of the data in Qlib's layout, without symbolic links
   * @param checkpoint is asked while waiting; it throws to give up
   * @throws io.windrow.quant.data.DataException if the data is missing or broken
   */
  public Dataset load(Path folder, DatasetConfig config, Runnable checkpoint) {
    DataStore data = DataStore.open(folder);
    String version = data.version();
    HandlerConfig handler = config.handler();
    LocalDate first = firstDay(data, handler.days());
    DateRange fitDays = new DateRange(first, handler.days().last());
    FactorKey features =
        new FactorKey(folder, version, handler.instruments(), first, handler.features());
    FactorKey labels =
        new FactorKey(folder, version, handler.instruments(), first, handler.labels());
    ProcessKey key =
        new ProcessKey(
            features,
            labels,
            within(handler.shared(), fitDays),
            within(handler.infer(), fitDays),
            within(handler.learn(), fitDays),
            handler.append());
    HandlerData stages =
        cache.get(key, HandlerData.class, checkpoint, () -> process(data, key, checkpoint));
    return new Dataset(config, stages, data.calendar());
  }

  private static LocalDate firstDay(DataStore data, DateRange days) {
    LocalDate wanted = days.first() == null ? data.calendar().first() : days.first();
    int index = data.calendar().ceiling(wanted);
    // A start after the last day is for the factor engine to refuse.
    return index < data.calendar().size() ? data.calendar().day(index) : wanted;
  }

  private static List<Processor> within(List<Processor> processors, DateRange days) {
    return processors.stream().map(processor -> processor.within(days)).toList();
  }

  private FeatureCache.Weighed<HandlerData> process(
      DataStore data, ProcessKey key, Runnable checkpoint) {
    FeatureLabelPanel raw =
        FeatureLabelPanel.join(
            factors(data, key.features(), checkpoint), factors(data, key.labels(), checkpoint));
    PanelEditor editor = new PanelEditor(raw, engine.loop());
    key.shared().forEach(processor -> processor.process(editor));
    FeatureLabelPanel base = editor.toPanel();
    checkpoint.run();
    key.infer().forEach(processor -> processor.process(editor));
    FeatureLabelPanel infer = editor.toPanel();
    checkpoint.run();
    PanelEditor learner = new PanelEditor(key.append() ? infer : base, engine.loop());
    key.learn().forEach(processor -> processor.process(learner));
    HandlerData stages = new HandlerData(raw, infer, learner.toPanel());
    PanelBytes bytes = new PanelBytes();
    bytes.add(raw);
    return new FeatureCache.Weighed<>(
        stages, bytes.addAll(List.of(stages.infer(), stages.learn())));
  }

  private Panel factors(DataStore data, FactorKey key, Runnable checkpoint) {
    return cache.get(
        key,
        Panel.class,
        checkpoint,
        () -> {
          Universe universe = key.instruments().universe(data);
          Panel panel =
              engine.compute(data, universe, key.factors(), key.first(), data.calendar().last());
          return new FeatureCache.Weighed<>(panel, new PanelBytes().add(panel));
        });
  }
}
