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

/** The models by Qlib's class names. */
public final class Models {

  private static final Map<String, Function<Section, Model>> FACTORIES =
      new TreeMap<>(
          Map.of(
              "LGBModel", LGBModel::read,
              "LinearModel", LinearModel::read,
              "XGBModel", XGBModel::read));

  /** Where recorders keep models, in the order they are looked for. */
  public static final List<String> ARTIFACTS =
      List.of(BoostedTrees.ARTIFACT, LinearWeights.ARTIFACT, XGBoostTrees.ARTIFACT);

  private Models() {}

  /** Names of the classes whose definitions can be checked. */
  public static List<String> known() {
    return List.copyOf(FACTORIES.keySet());
  }

  /** The class of a definition's model, if it is one of these: whatever else it says is no name. */
  public static Optional<String> nameIn(Map<String, ?> definition) {
    return definition.get("model") instanceof Map<?, ?> model
            && model.get("class") instanceof String full
        ? Optional.of(simple(full)).filter(FACTORIES::containsKey)
        : Optional.empty();
  }

  /** A class that a definition names, if it is one of these, or something else. */
  public static String known(String name, String otherwise) {
    return FACTORIES.containsKey(simple(name)) ? simple(name) : otherwise;
  }

  private static String simple(String full) {
    return full.substring(full.lastIndexOf('.') + 1);
  }

  /**
   * A model that was trained before. The caller closes it.
   *
   * @param artifact LightGBM's text if its path ends with {@code .txt}, else XGBoost's JSON or a
   *     linear model as JSON
   * @param columns of the features it is to predict from
   * @throws DefinitionException if it is no model for these columns
   */
  public static TrainedModel load(Artifact artifact, List<String> columns, int threads) {
    if (artifact.path().endsWith(".txt")) {
      LightGbmText text =
          new LightGbmText(Reference.MODEL, artifact.place(), artifact.bytes(), columns);
      return new BoostedTrees(text.bytes(), text.rounds(), columns, threads);
    }
    if (XGBoostDocument.isOne(artifact.bytes())) {
      XGBoostDocument document =
          new XGBoostDocument(Reference.MODEL, artifact.place(), artifact.bytes(), columns);
      return new XGBoostTrees(document.bytes(), columns, threads);
    }
    return LinearWeights.read(Reference.MODEL, artifact, columns);
  }

  /** Reads {@code {class, module_path, kwargs}}; empty after reporting a class that is unknown. */
  public static Optional<Model> read(Section section) {
    Optional<String> name = ClassName.read(section, "model", known());
    Section kwargs = section.optionalSection("kwargs");
    section.rejectOthers();
    return name.map(known -> FACTORIES.get(known).apply(kwargs));
  }
}
