package io.windrow.quant.model;

import io.windrow.quant.definition.Section;
import io.windrow.quant.panel.Panel;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gradient boosted trees by LightGBM, with the arguments of Qlib's LGBModel. Training stops early
 * on the valid segment; predictions use the best round.
 *
 * @param parameters for LightGBM
 * @param rounds most rounds of boosting
 * @param patience rounds without improvement after which training stops
 */
record LGBModel(LightGbmParameters parameters, int rounds, int patience) implements Model {

  private static final List<String> OWN_KEYS = List.of("loss", "verbose_eval");
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
        patience);
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
  public TrainedModel train(TrainingData data, Training training) {
    String text = parameters.text(training.threads());
    try (NativeDataset train = NativeDataset.of(data.train(), text, null)) {
      if (data.valid().isEmpty()) {
        return boost(train, Optional.empty(), text, training);
      }
      try (NativeDataset valid = NativeDataset.of(data.valid().get(), text, train)) {
        return boost(train, Optional.of(valid), text, training);
      }
    }
  }

  private TrainedModel boost(
      NativeDataset train, Optional<NativeDataset> valid, String text, Training training) {
    try (NativeBooster booster = NativeBooster.create(train, text)) {
      valid.ifPresent(booster::addValid);
      List<String> metrics = booster.metricNames();
      EarlyStopping stopping = new EarlyStopping(metrics, isDart() ? rounds : patience);
      for (int round = 0; round < rounds; round++) {
        training.checkCancelled();
        booster.update();
        note(training, metrics, "train", round, booster.evaluate(0, metrics.size()));
        if (valid.isPresent()) {
          double[] values = booster.evaluate(1, metrics.size());
          note(training, metrics, "valid", round, values);
          if (stopping.shouldStop(round, values)) {
            break;
          }
        }
      }
      int best =
          valid.isPresent() && !metrics.isEmpty() ? stopping.bestIteration() : booster.iterations();
      return new Boosted(booster.save(best), best, training.threads());
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

  /** The model as its own text gives it back, so that a reader of the text predicts the same. */
  private static final class Boosted implements TrainedModel {
    private final byte[] text;
    private final int bestIteration;
    private final int threads;
    private final NativeBooster booster;

    Boosted(byte[] text, int bestIteration, int threads) {
      this.text = text;
      this.bestIteration = bestIteration;
      this.threads = threads;
      this.booster = NativeBooster.load(text);
    }

    @Override
    public double[] predict(Panel features) {
      return booster.predict(features, 0, threads);
    }

    @Override
    public String artifactName() {
      return "model.txt";
    }

    @Override
    public byte[] artifact() {
      return text.clone();
    }

    @Override
    public Map<String, Double> metrics() {
      return Map.of("best_iteration", (double) bestIteration);
    }

    @Override
    public void close() {
      booster.close();
    }
  }
}
