package io.windrow.quant.dataset;

import io.windrow.quant.definition.Section;
import io.windrow.quant.factor.FactorSet;
import io.windrow.quant.panel.FeatureLabelPanel;
import io.windrow.quant.panel.Panel;
import io.windrow.quant.panel.PanelEditor;
import io.windrow.quant.panel.Part;
import io.windrow.quant.processor.FitDays;
import io.windrow.quant.processor.Processor;
import io.windrow.quant.processor.Processors;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The processors of a handler.
 *
 * @param shared before all others
 * @param infer for predictions
 * @param learn for training
 * @param append whether learn comes after infer; otherwise right after shared
 */
record ProcessorLists(
    List<Processor> shared, List<Processor> infer, List<Processor> learn, boolean append) {

  static final ProcessorLists NONE = new ProcessorLists(List.of(), List.of(), List.of(), true);

  private static final String SHARED = "shared_processors";
  private static final String INFER = "infer_processors";
  private static final String LEARN = "learn_processors";

  /**
   * Reads the lists.
   *
   * @param fit the handler's fit days; as in Qlib they do not reach the shared processors
   */
  static ProcessorLists read(Section kwargs, HandlerClass type, FitDays fit) {
    kwargs.flag("drop_raw", false); // raw labels are kept in any case: the records need them
    return new ProcessorLists(
        forInference(kwargs, SHARED, Processors.read(kwargs.sections(SHARED), FitDays.OWN)),
        forInference(
            kwargs, INFER, Processors.read(sections(kwargs, INFER, type.defaultInfer()), fit)),
        Processors.read(sections(kwargs, LEARN, type.defaultLearn()), fit),
        kwargs.choice("process_type", List.of("append", "independent")).equals("append"));
  }

  private static List<Section> sections(Section kwargs, String key, List<?> absent) {
    return kwargs.has(key) ? kwargs.sections(key) : kwargs.with(key, absent);
  }

  private static List<Processor> forInference(
      Section kwargs, String key, List<Processor> processors) {
    if (!processors.stream().allMatch(Processor::isForInference)) {
      kwargs.problem(
          key, "DropnaLabel is for learning only, predictions have no label: move it to " + LEARN);
    }
    return processors;
  }

  /** Reports processors that leave no column, or other features to learn than to predict from. */
  void check(Section kwargs, DataColumns columns) {
    FeatureLabelPanel raw =
        new FeatureLabelPanel(withoutRows(columns.features()), withoutRows(columns.labels()));
    FeatureLabelPanel predicted = run(raw, Stream.concat(shared.stream(), infer.stream()));
    FeatureLabelPanel learned = run(append ? predicted : run(raw, shared.stream()), learn.stream());
    if (!leavesColumns(kwargs, INFER, predicted) || !leavesColumns(kwargs, LEARN, learned)) {
      return;
    }
    if (!learned.features().columns().equals(predicted.features().columns())) {
      kwargs.problem(
          LEARN,
          "drop other features than "
              + INFER
              + ": a model learns from "
              + learned.features().columns().size()
              + " columns and would predict from "
              + predicted.features().columns().size()
              + "; drop them in "
              + SHARED);
    }
  }

  private static boolean leavesColumns(Section kwargs, String key, FeatureLabelPanel result) {
    for (Part part : Part.values()) {
      Panel side = part == Part.FEATURE ? result.features() : result.labels();
      if (side.columns().isEmpty()) {
        kwargs.problem(key, "leave no " + part.name().toLowerCase(Locale.ROOT) + " column");
        return false;
      }
    }
    return true;
  }

  private static Panel withoutRows(FactorSet factors) {
    return new Panel(factors.names(), List.of(), List.of());
  }

  private static FeatureLabelPanel run(FeatureLabelPanel panel, Stream<Processor> processors) {
    PanelEditor editor = new PanelEditor(panel);
    processors.forEach(processor -> processor.process(editor));
    return editor.toPanel();
  }
}
