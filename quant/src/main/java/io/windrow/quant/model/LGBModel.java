package io.windrow.quant.model;

import io.windrow.quant.definition.Section;
import io.windrow.quant.panel.FeatureLabelPanel;
import io.windrow.quant.reference.Reference;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gradient boosted trees by LightGBM, with the arguments of Qlib's LGBModel. Training stops early
 * on the valid segment; predictions use the best round.
 *
 * @param parameters for LightGBM
 * @param rounds most rounds of boosting
 * @param patience rounds without improvement after which training stops; {@link #ENDLESS} to use
 *     all rounds
 * @param initModel the model to continue, as {@code lgb.train(init_model=...)} does: its trees stay
 *     and count as rounds, new ones learn what they leave; null to begin without trees
 * @param finetune whether to add rounds as Qlib's {@code finetune} does: without a look at the
 *     valid segment
 */
record LGBModel(
    LightGbmParameters parameters,
    int rounds,
    int patience,
    @Nullable Reference initModel,
    boolean finetune)
    implements Model {

  static final int ENDLESS = Integer.MAX_VALUE;

  /** Reads {@code model.kwargs}. */
  static Model read(Section kwargs) {
    return LGBModelArguments.read(kwargs);
  }

  @Override
  public Optional<Reference> startsFrom() {
    return Optional.ofNullable(initModel);
  }

  @Override
  public TrainedModel train(TrainingData data, Training training) {
    // LightGBM takes a missing label for 0, an infinite one for a number nobody has meant.
    FiniteValues.requireSomeLabels(data.train(), "train", "LightGBM");
    valid(data).ifPresent(panel -> FiniteValues.requireSomeLabels(panel, "valid", "LightGBM"));
    if (data.start().isEmpty()) {
      return train(data, training, null);
    }
    LightGbmText text =
        new LightGbmText(
            Reference.INIT_MODEL,
            data.start().get().place(),
            data.start().get().bytes(),
            data.train().features().columns());
    try (NativeBooster start = NativeBooster.load(text.bytes())) {
      return train(data, training, start);
    }
  }

  private Optional<FeatureLabelPanel> valid(TrainingData data) {
    return finetune ? Optional.empty() : data.valid();
  }

  private TrainedModel train(TrainingData data, Training training, @Nullable NativeBooster start) {
    String text = parameters.text(training.threads());
    List<String> columns = data.train().features().columns();
    try (NativeDataset train =
        NativeDataset.of(data.train(), data.weigh(data.train()), text, null)) {
      startFrom(start, train, data.train(), training);
      Optional<FeatureLabelPanel> panel = valid(data);
      if (panel.isEmpty()) {
        return boost(start, train, Optional.empty(), columns, training);
      }
      try (NativeDataset valid =
          NativeDataset.of(panel.get(), data.weigh(panel.get()), text, train)) {
        startFrom(start, valid, panel.get(), training);
        return boost(start, train, Optional.of(valid), columns, training);
      }
    }
  }

  private static void startFrom(
      @Nullable NativeBooster start,
      NativeDataset dataset,
      FeatureLabelPanel panel,
      Training training) {
    if (start != null) {
      dataset.startFrom(
          start.predict(panel.features(), LightGbmApi.PREDICT_RAW_SCORE, training.threads()));
    }
  }

  private TrainedModel boost(
      @Nullable NativeBooster start,
      NativeDataset train,
      Optional<NativeDataset> valid,
      List<String> columns,
      Training training) {
    try (NativeBooster booster = NativeBooster.create(train, parameters.text(training.threads()))) {
      if (start != null) {
        booster.continueFrom(start);
      }
      valid.ifPresent(booster::addValid);
      int begin = booster.iterations();
      List<String> metrics = booster.metricNames();
      boolean stops = valid.isPresent() && !metrics.isEmpty() && patience != ENDLESS && !isDart();
      EarlyStopping stopping = EarlyStopping.lightGbm(metrics, stops ? patience : ENDLESS);
      for (int round = 0; round < rounds; round++) {
        training.checkCancelled();
        booster.update();
        note(training, metrics, "train", begin + round, booster.evaluate(0, metrics.size()));
        if (valid.isPresent()) {
          double[] values = booster.evaluate(1, metrics.size());
          note(training, metrics, "valid", begin + round, values);
          if (stopping.shouldStop(round, values)) {
            break;
          }
        }
      }
      int best = stops ? begin + stopping.bestIteration() : booster.iterations();
      return new BoostedTrees(booster.save(best), best, columns, training.threads());
    }
  }

  /** Dart changes earlier trees, so LightGBM never stops it early. */
  private boolean isDart() {
    return "dart".equals(parameters.values().get("boosting"));
  }

  private static void note(
      Training training, List<String> metrics, String segment, int round, double[] values) {
    for (int i = 0; i < values.length; i++) {
      training.metric(metrics.get(i).replace('@', '_') + "." + segment, round, values[i]);
    }
  }
}
