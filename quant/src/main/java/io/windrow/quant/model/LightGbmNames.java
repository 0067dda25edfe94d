package io.windrow.quant.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The names of LightGBM's parameters and their aliases. */
final class LightGbmNames {

  /**
   * Parameters that read or write files, talk to other machines, need a device that is not here, or
   * turn the training into something else.
   */
  private static final Set<String> REFUSED =
      Set.of(
          "config",
          "convert_model",
          "convert_model_language",
          "data",
          "device_type",
          "forcedbins_filename",
          "forcedsplits_filename",
          "gpu_device_id",
          "gpu_platform_id",
          "gpu_use_dp",
          "group_column",
          "header",
          "ignore_column",
          "input_model",
          "label_column",
          "local_listen_port",
          "machine_list_filename",
          "machines",
          "num_gpu",
          "num_machines",
          "output_model",
          "output_result",
          "parser_config_file",
          "pre_partition",
          "save_binary",
          "snapshot_freq",
          "task",
          "time_out",
          "tree_learner",
          "two_round",
          "valid",
          "weight_column");

  private static final Map<String, String> CANONICAL = read();

  private LightGbmNames() {}

  /** The parameter that a name or alias means. */
  static Optional<String> canonical(String name) {
    return Optional.ofNullable(CANONICAL.get(name));
  }

  static boolean isRefused(String canonical) {
    return REFUSED.contains(canonical);
  }

  /** All names and aliases. */
  static Collection<String> all() {
    return CANONICAL.keySet();
  }

  private static Map<String, String> read() {
    Map<String, String> canonical = new TreeMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    LightGbmNames.class.getResourceAsStream("lightgbm-parameters.txt")),
                UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("#")) {
          continue;
        }
        String[] names = line.split(" ", -1);
        for (String name : names) {
          canonical.put(name, names[0]);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Collections.unmodifiableMap(canonical);
  }
}
