package io.windrow.pool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the results of a submission are put together: the workflow's {@code windrow.collect}.
 *
 * @param ensembles the process list, in order; empty leaves every window by itself
 * @param key the parts of a result's key before its test segment, as paths of the task definition
 *     such as {@code model.class}; empty for the model's class, and the label too where several
 *     horizons of one model meet
 * @param artifacts what is collected, of {@link #ARTIFACTS}
 */
public record CollectSettings(List<Ensemble> ensembles, List<String> key, List<String> artifacts) {
  /** Predictions and raw labels. */
  public static final List<String> ARTIFACTS = List.of("pred", "label");

  /** What a submission gets that says nothing. */
  public static final CollectSettings DEFAULT =
      new CollectSettings(List.of(Ensemble.ROLLING), List.of(), ARTIFACTS);

  private static final int MOST_KEYS = 100;
  private static final int LONGEST_KEY = 1000;

  /** Qlib's ensembles. */
  public enum Ensemble {
    /** RollingGroup with RollingEnsemble: the windows of one key become one series. */
    ROLLING,
    /** AverageEnsemble: one series, the mean of all, each standardised by day. */
    AVERAGE,
    /** SingleKeyEnsemble: the only series loses its key. */
    SINGLE;

    /** As it is written in a workflow. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** All words. */
    public static List<String> words() {
      return Arrays.stream(values()).map(Ensemble::word).toList();
    }

    /**
     * The ensemble of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Ensemble of(String word) {
      for (Ensemble ensemble : values()) {
        if (ensemble.word().equals(word)) {
          return ensemble;
        }
      }
      throw new IllegalArgumentException("'" + word + "' is no ensemble, it is one of " + words());
    }
  }

  /**
   * Checks that each step leaves the next something to do.
   *
   * @throws IllegalArgumentException saying what does not fit
   */
  public CollectSettings {
    ensembles = List.copyOf(ensembles);
    key = List.copyOf(key);
    artifacts = List.copyOf(artifacts);
    int rolling = ensembles.lastIndexOf(Ensemble.ROLLING);
    if (rolling > 0) {
      throw new IllegalArgumentException(
          "rolling must come first, it needs the windows by themselves");
    }
    for (Ensemble last : List.of(Ensemble.AVERAGE, Ensemble.SINGLE)) {
      int at = ensembles.indexOf(last);
      if (at >= 0 && at < ensembles.size() - 1) {
        throw new IllegalArgumentException(
            last.word() + " must come last, it leaves nothing to put together");
      }
    }
    if (key.size() > MOST_KEYS || key.stream().anyMatch(path -> !isPath(path))) {
      throw new IllegalArgumentException(
          "a key has at most %d parts, each a path such as model.class of at most %d characters"
              .formatted(MOST_KEYS, LONGEST_KEY));
    }
    if (artifacts.isEmpty() || !ARTIFACTS.containsAll(artifacts)) {
      throw new IllegalArgumentException("artifacts are some of " + ARTIFACTS);
    }
  }

  /** Reads what {@link #json} wrote; what is absent is as in {@link #DEFAULT}. */
  public static CollectSettings of(Map<String, ?> json) {
    Object key = json.get("key");
    return new CollectSettings(
        json.containsKey("ensemble")
            ? texts(json.get("ensemble")).stream().map(Ensemble::of).toList()
            : DEFAULT.ensembles(),
        key == null ? DEFAULT.key() : texts(key),
        json.containsKey("artifacts") ? texts(json.get("artifacts")) : DEFAULT.artifacts());
  }

  /** As plain JSON: {@code ensemble} is a word or a list of them, the rest only where declared. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    List<String> words = ensembles.stream().map(Ensemble::word).toList();
    json.put("ensemble", words.size() == 1 ? words.get(0) : words);
    if (!key.isEmpty()) {
      json.put("key", key);
    }
    if (!artifacts.equals(ARTIFACTS)) {
      json.put("artifacts", artifacts);
    }
    return json;
  }

  private static boolean isPath(String path) {
    return !path.isBlank() && path.length() <= LONGEST_KEY;
  }

  private static List<String> texts(@Nullable Object value) {
    List<String> texts = new ArrayList<>();
    if (value instanceof List<?> list) {
      list.forEach(item -> texts.add(String.valueOf(item)));
    } else if (value != null) {
      texts.add(value.toString());
    }
    return texts;
  }
}
