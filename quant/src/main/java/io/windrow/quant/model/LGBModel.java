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
 * @param patience rounds without improvement after which training stops
 * @param initModel the model to continue, as {@code lgb.train(init_model=...)} does: its trees stay
 *     and count as rounds, new ones learn what they leave; null to begin without trees
 */
record LGBModel(
    LightGbmParameters parameters, int rounds, int patience, @Nullable Reference initModel)
    implements Model {

  private static final String INIT_MODEL = "init_model";
  private static final List<String> OWN_KEYS = List.of("loss", "verbose_eval", INIT_MODEL);
  private static final int MOST_ROUNDS = 1_000_000;

  /** Reads {@code model.kwargs}. */
  static Model read(Section kwargs) {
    // Qlib's "mse" is LightGBM's "regression"; both accept either name.
    String loss = kwargs.choice("loss", List.of("mse", "binary"));
    LightGbmParameters parameters = LightGbmParameters.read(kwargs, OWN_KEYS);
    int rounds = integer(kwargs, parameters, "num_iterations", 1000);
    int patience = integer(kwargs, parameters, "early_stopping_round", 50);
    return new LGBModel(
        parameters
            .without("num_iterations")
            .without("early_stopping_round")
            .withDefault("objective", loss),
        rounds,
        patience,
        initModel(kwargs, parameters));
  }

  private static @Nullable Reference initModel(Section kwargs, LightGbmParameters parameters) {
    Optional<Reference> model = Reference.read(kwargs, INIT_MODEL);
    if (model.isPresent() && "rf".equals(parameters.values().get("boosting"))) {
      kwargs.problem(
          INIT_MODEL, "cannot be continued by a random forest, whose trees are averaged");
    }
    return model.orElse(null);
  }

  private static int integer(
      Section kwargs, LightGbmParameters parameters, String name, int absent) {
    String text = parameters.values().get(name);
    if (text == null) {
      return absent;
    }
    if (text.matches("[1-9][0-9]{0,6}") && Integer.parseInt(text) <= MOST_ROUNDS) {
      return Integer.parseInt(text);
    }
    String key =
        kwargs.keys().stream()
            .filter(k -> LightGbmNames.canonical(k).equals(Optional.of(name)))
            .findFirst()
            .orElse(name);
    kwargs.problem(
        key, "must be a whole number from 1 to " + MOST_ROUNDS + ", not " + Section.quote(text));
    return absent;
  }

  @Override
  public Optional<Reference> startsFrom() {
    return Optional.ofNullable(initModel);
  }

  @Override
  public TrainedModel train(TrainingData data, Training training) {
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

  private TrainedModel train(TrainingData data, Training training, @Nullable NativeBooster start) {
    String text = parameters.text(training.threads());
    try (NativeDataset train = NativeDataset.of(data.train(), text, null)) {
      startFrom(start, train, data.train(), training);
      if (data.valid().isEmpty()) {
        return boost(start, train, Optional.empty(), text, training);
      }
      try (NativeDataset valid = NativeDataset.of(data.valid().get(), text, train)) {
        startFrom(start, valid, data.valid().get(), training);
        return boost(start, train, Optional.of(valid), text, training);
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
      String text,
      Training training) {
    try (NativeBooster booster = NativeBooster.create(train, text)) {
      if (start != null) {
        booster.continueFrom(start);
      }
      valid.ifPresent(booster::addValid);
      int begin = booster.iterations();
      List<String> metrics = booster.metricNames();
      EarlyStopping stopping = new EarlyStopping(metrics, isDart() ? rounds : patience);
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
      int best =
          valid.isPresent() && !metrics.isEmpty()
              ? begin + stopping.bestIteration()
              : booster.iterations();
      return new BoostedTrees(booster.save(best), best, training.threads());
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
