package io.windrow.quant.model;

import io.windrow.quant.definition.ClassName;
import io.windrow.quant.definition.Section;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** The models by Qlib's class names. */
public final class Models {

  private static final String XGBOOST = "XGBModel";

  private static final Map<String, Function<Section, Model>> FACTORIES =
      new TreeMap<>(Map.of("LGBModel", LGBModel::read, "LinearModel", LinearModel::read));

  private Models() {}

  /** Names of the classes whose definitions can be checked. */
  public static List<String> known() {
    return Stream.concat(FACTORIES.keySet().stream(), Stream.of(XGBOOST)).toList();
  }

  /** Reads {@code {class, module_path, kwargs}}; empty after reporting what cannot be trained. */
  public static Optional<Model> read(Section section) {
    Optional<String> name = ClassName.read(section, "model", known());
    Section kwargs = section.optionalSection("kwargs");
    section.rejectOthers();
    if (name.filter(XGBOOST::equals).isPresent()) {
      XGBModelArguments.check(kwargs);
      section.unavailable(
          "class",
          "XGBModel cannot be trained yet; there are " + String.join(", ", FACTORIES.keySet()));
      return Optional.empty();
    }
    return name.map(known -> FACTORIES.get(known).apply(kwargs));
  }
}
