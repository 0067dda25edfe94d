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
 * handler's last day see the days after it, as in Qlib. A key of the cache names everything that
 * values depend on: the contents of the data folder, the engine, instruments, days, expressions,
 * processors.
 */
public final class DatasetLoader {

  private final FeatureCache cache;
  private final FactorEngine engine;
  private final DataContents contents = new DataContents();

  public DatasetLoader(FeatureCache cache, FactorEngine engine) {
    this.cache = cache;
    this.engine = engine;
  }

  private record FactorKey(
      String data,
      int engine,
      Instruments instruments,
      LocalDate first,
      LocalDate last,
      FactorSet factors) {}

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
    HandlerConfig handler = config.handler();
    String name = dataName(folder, data);
    LocalDate first = firstDay(data, handler.days());
    DateRange fitDays = new DateRange(first, handler.days().last());
    ProcessKey key =
        new ProcessKey(
            factorKey(name, data, handler, first, handler.features()),
            factorKey(name, data, handler, first, handler.labels()),
            within(handler.shared(), fitDays),
            within(handler.infer(), fitDays),
            within(handler.learn(), fitDays),
            handler.append());
    List<Panel> stages = cache.get(key, checkpoint, new Stages(data, key, checkpoint));
    return new Dataset(config, HandlerData.of(stages), data.calendar());
  }

  /** Reading the whole folder to name it pays only for panels that outlive the process. */
  private String dataName(Path folder, DataStore data) {
    return cache.writesFiles() ? contents.of(folder, data) : folder + "@" + data.version();
  }

  private FactorKey factorKey(
      String name, DataStore data, HandlerConfig handler, LocalDate first, FactorSet factors) {
    return new FactorKey(
        name,
        FactorEngine.VERSION,
        handler.instruments(),
        first,
        lastDay(data, handler.days()),
        factors);
  }

  private static LocalDate firstDay(DataStore data, DateRange days) {
    LocalDate wanted = days.first() == null ? data.calendar().first() : days.first();
    int index = data.calendar().ceiling(wanted);
    // A start after the last day is for the factor engine to refuse.
    return index < data.calendar().size() ? data.calendar().day(index) : wanted;
  }

  /** A cache that keeps nothing shares nothing: then no day after the handler's is of use. */
  private LocalDate lastDay(DataStore data, DateRange days) {
    LocalDate end = data.calendar().last();
    return cache.keeps() || days.last() == null || days.last().isAfter(end) ? end : days.last();
  }

  private static List<Processor> within(List<Processor> processors, DateRange days) {
    return processors.stream().map(processor -> processor.within(days)).toList();
  }

  /** Raw features and labels. */
  private record Factors(DataStore data, FactorKey key, FactorEngine engine)
      implements FeatureCache.Recipe {
    @Override
    public List<Panel> base() {
      return List.of();
    }

    @Override
    public List<Panel> compute(List<Panel> base) {
      Universe universe = key.instruments().universe(data, engine);
      return List.of(engine.compute(data, universe, key.factors(), key.first(), key.last()));
    }
  }

  /** The stages of a handler's data: raw, then infer and learn, which share what is equal. */
  private final class Stages implements FeatureCache.Recipe {
    private final DataStore data;
    private final ProcessKey key;
    private final Runnable checkpoint;

    Stages(DataStore data, ProcessKey key, Runnable checkpoint) {
      this.data = data;
      this.key = key;
      this.checkpoint = checkpoint;
    }

    @Override
    public List<Panel> base() {
      FeatureLabelPanel raw = FeatureLabelPanel.join(factors(key.features), factors(key.labels));
      return List.of(raw.features(), raw.labels());
    }

    private Panel factors(FactorKey factors) {
      return cache.get(factors, checkpoint, new Factors(data, factors, engine)).get(0);
    }

    @Override
    public List<Panel> compute(List<Panel> raw) {
      PanelEditor editor =
          new PanelEditor(new FeatureLabelPanel(raw.get(0), raw.get(1)), engine.loop());
      key.shared.forEach(processor -> processor.process(editor));
      FeatureLabelPanel shared = editor.toPanel();
      checkpoint.run();
      key.infer.forEach(processor -> processor.process(editor));
      FeatureLabelPanel infer = editor.toPanel();
      checkpoint.run();
      PanelEditor learner = new PanelEditor(key.append ? infer : shared, engine.loop());
      key.learn.forEach(processor -> processor.process(learner));
      FeatureLabelPanel learn = learner.toPanel();
      return List.of(infer.features(), infer.labels(), learn.features(), learn.labels());
    }
  }
}
