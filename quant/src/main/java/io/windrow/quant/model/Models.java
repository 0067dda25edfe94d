package io.windrow.quant.model;

import io.windrow.quant.definition.ClassName;
import io.windrow.quant.definition.Section;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The models by Qlib's class names. */
public final class Models {

  private static final Map<String, Function<Section, Model>> FACTORIES =
      new TreeMap<>(Map.of("LGBModel", LGBModel::read, "LinearModel", LinearModel::read));

  private Models() {}

  /** Names of the classes that may be used. */
  public static List<String> known() {
    return List.copyOf(FACTORIES.keySet());
  }

  /** Reads {@code {class, module_path, kwargs}}; empty after reporting an unknown class. */
  public static Optional<Model> read(Section section) {
    Optional<String> name = ClassName.read(section, "model", known());
    Section kwargs = section.optionalSection("kwargs");
    section.rejectOthers();
    return name.map(known -> FACTORIES.get(known).apply(kwargs));
  }
}
