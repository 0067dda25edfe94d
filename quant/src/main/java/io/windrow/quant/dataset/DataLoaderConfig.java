package io.windrow.quant.dataset;

import io.windrow.quant.definition.ClassName;
import io.windrow.quant.definition.Section;
import io.windrow.quant.factor.FactorSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads {@code data_loader}: Qlib's QlibDataLoader, Alpha158DL and Alpha360DL, and
 * NestedDataLoader, which joins the columns of several.
 */
final class DataLoaderConfig {

  private static final String FEATURE = "feature";
  private static final String LABEL = "label";
  private static final List<String> GROUPS = List.of(FEATURE, LABEL);

  private static final String NESTED = "NestedDataLoader";

  /** The features that a loader has without a configuration; empty if it has none. */
  private static final Map<String, Optional<FactorSet>> LOADERS =
      new TreeMap<>(
          Map.of(
              "QlibDataLoader", Optional.empty(),
              "Alpha158DL", Optional.of(FactorSet.alpha158()),
              "Alpha360DL", Optional.of(FactorSet.alpha360())));

  /** For each group its columns: names and expressions, in order. */
  private final Map<String, Map<String, String>> groups = new TreeMap<>();

  private boolean broken;

  private DataLoaderConfig() {}

  /** The columns; empty after reporting what is wrong. */
  static Optional<DataColumns> read(Section section) {
    DataLoaderConfig config = new DataLoaderConfig();
    config.loader(section, true);
    if (config.broken) {
      return Optional.empty();
    }
    for (String group : GROUPS) {
      if (!config.groups.containsKey(group)) {
        section.problem(
            "kwargs", "gives no group " + group + ": models learn from feature and label");
        return Optional.empty();
      }
    }
    return Optional.of(new DataColumns(config.factors(FEATURE), config.factors(LABEL)));
  }

  private FactorSet factors(String group) {
    Map<String, String> columns = groups.getOrDefault(group, Map.of());
    return FactorSet.of(List.copyOf(columns.keySet()), List.copyOf(columns.values()));
  }

  private void loader(Section section, boolean outermost) {
    List<String> known = new ArrayList<>(LOADERS.keySet());
    if (outermost) {
      known.add(NESTED);
    }
    Optional<String> name = ClassName.read(section, "data loader", known);
    Section kwargs = section.optionalSection("kwargs");
    section.rejectOthers();
    if (name.isEmpty()) {
      broken = true;
    } else if (name.get().equals(NESTED)) {
      nested(kwargs);
    } else {
      columns(kwargs, LOADERS.get(name.get()));
    }
  }

  /** A column of a later loader takes the place of an earlier one; in the end they are sorted. */
  private void nested(Section kwargs) {
    if (!kwargs.choice("join", List.of("left", "outer", "inner")).equals("left")) {
      kwargs.unavailable("join", "only left is available: rows are those of the first loader");
    }
    List<Section> loaders = kwargs.sections("dataloader_l");
    if (loaders.isEmpty()) {
      kwargs.problem("dataloader_l", "must be a list of data loaders");
      broken = true;
    }
    loaders.forEach(loader -> loader(loader, false));
    groups.replaceAll((group, columns) -> new TreeMap<>(columns));
    kwargs.rejectOthers();
  }

  private void columns(Section kwargs, Optional<FactorSet> features) {
    HandlerConfig.dailyAndUnfiltered(kwargs);
    if (!kwargs.flag("swap_level", true)) {
      kwargs.problem("swap_level", "must be true: rows are ordered by day, then by instrument");
    }
    if (kwargs.raw("config") instanceof List<?>) {
      kwargs.problem(
          "config",
          "has no groups: write {feature: [...], label: [...]}, which the models look for");
      broken = true;
      return;
    }
    Section config =
        features.isEmpty() ? kwargs.section("config") : kwargs.optionalSection("config");
    features.filter(own -> !config.has(FEATURE)).ifPresent(own -> add(FEATURE, own));
    for (String group : GROUPS) {
      if (config.has(group)) {
        FieldsInfo.read(config, group, (column, expression) -> expression)
            .ifPresentOrElse(factors -> add(group, factors), () -> broken = true);
      }
    }
    config.rejectOthers();
    kwargs.rejectOthers();
  }

  private void add(String group, FactorSet factors) {
    Map<String, String> columns = groups.computeIfAbsent(group, key -> new LinkedHashMap<>());
    for (int i = 0; i < factors.names().size(); i++) {
      columns.put(factors.names().get(i), factors.expressions().get(i));
    }
  }
}
