package io.windrow.quant.model;

import io.windrow.quant.definition.ClassName;
import io.windrow.quant.definition.DefinitionException;
import io.windrow.quant.definition.Section;
import io.windrow.quant.reference.ArtifactSource.Artifact;
import io.windrow.quant.reference.Reference;
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

  /** Where recorders keep models, in the order they are looked for. */
  public static final List<String> ARTIFACTS =
      List.of(BoostedTrees.ARTIFACT, LinearWeights.ARTIFACT);

  private Models() {}

  /** Names of the classes whose definitions can be checked. */
  public static List<String> known() {
    return Stream.concat(FACTORIES.keySet().stream(), Stream.of(XGBOOST)).toList();
  }

  /**
   * A model that was trained before. The caller closes it.
   *
   * @param artifact LightGBM's text if its path ends with {@code .txt}, else a linear model as JSON
   * @param columns of the features it is to predict from
   * @throws DefinitionException if it is no model for these columns
   */
  public static TrainedModel load(Artifact artifact, List<String> columns, int threads) {
    if (artifact.path().endsWith(".txt")) {
      LightGbmText text =
          new LightGbmText(Reference.MODEL, artifact.place(), artifact.bytes(), columns);
      return new BoostedTrees(text.bytes(), text.rounds(), threads);
    }
    return LinearWeights.read(Reference.MODEL, artifact, columns);
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
