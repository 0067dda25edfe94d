package io.windrow.collector.api;

import io.windrow.pool.CollectSettings;
import io.windrow.pool.CollectSettings.Ensemble;
import io.windrow.quant.definition.Nearest;
import io.windrow.quant.definition.Section;
import java.util.Arrays;
import java.util.List;
import org.springframework.util.MultiValueMap;

/**
 * How a caller wants the windows put together: {@code ensemble=rolling,average}, {@code
 * key=model.class}, {@code artifacts=pred}. Several values stand in one parameter between commas,
 * or in several. An empty {@code ensemble} leaves each window by itself.
 */
final class CollectQuery {
  private CollectQuery() {}

  /** The declared settings with what the query says instead. */
  static CollectSettings over(CollectSettings declared, MultiValueMap<String, String> query) {
    List<Ensemble> ensembles = declared.ensembles();
    if (query.containsKey("ensemble")) {
      ensembles =
          words(query, "ensemble").stream()
              .map(word -> known("ensemble", word, Ensemble.words()))
              .map(Ensemble::of)
              .toList();
    }
    List<String> artifacts = declared.artifacts();
    if (query.containsKey("artifacts")) {
      artifacts =
          words(query, "artifacts").stream()
              .map(word -> known("artifacts", word, CollectSettings.ARTIFACTS))
              .toList();
    }
    try {
      return new CollectSettings(
          ensembles, query.containsKey("key") ? words(query, "key") : declared.key(), artifacts);
    } catch (IllegalArgumentException e) {
      throw Problems.badQuery(String.valueOf(e.getMessage()));
    }
  }

  private static String known(String parameter, String word, List<String> known) {
    if (!known.contains(word)) {
      throw Problems.badQuery(
          parameter
              + ": "
              + Section.quote(word)
              + " is none of "
              + known
              + Nearest.hint(word, known));
    }
    return word;
  }

  private static List<String> words(MultiValueMap<String, String> query, String parameter) {
    return query.getOrDefault(parameter, List.of()).stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .toList();
  }
}
