package io.windrow.quant.run;

import io.windrow.quant.definition.Section;
import io.windrow.quant.model.Model;
import io.windrow.quant.model.Models;
import io.windrow.quant.model.Reweighter;
import io.windrow.quant.reference.Reference;
import io.windrow.quant.reference.Selector;
import java.util.Optional;

/** Where a run has its model from. */
sealed interface ModelPlan {

  /** It is trained, on rows that count as the reweighter says. */
  record Train(Model model, Optional<Reweighter> reweighter) implements ModelPlan {}

  /** It was trained by another run. */
  record Load(Reference reference) implements ModelPlan {}

  /**
   * Reads {@code model} and {@code reweighter} of a task; empty after reporting what will not do.
   */
  static Optional<ModelPlan> read(Section task) {
    Optional<Reweighter> reweighter = Reweighter.read(task);
    if (Reference.isOne(task.raw(Reference.MODEL))) {
      // Weights mean nothing to it, no more than the train segment: a later stage reads the model
      // of
      // an earlier one, which the rows were weighed for.
      return Reference.read(task, Reference.MODEL).flatMap(reference -> load(task, reference));
    }
    Optional<Model> model = Models.read(task.section(Reference.MODEL));
    if (reweighter.isPresent() && model.filter(found -> !found.takesWeights()).isPresent()) {
      task.problem(
          Reweighter.KEY, "cannot be with LinearModel's nnls, which takes no weights, as in Qlib");
    }
    return model.map(found -> new Train(found, reweighter));
  }

  private static Optional<ModelPlan> load(Section task, Reference reference) {
    String path = reference.path();
    if (path != null && !path.endsWith(".txt") && !path.endsWith(".json")) {
      task.problem(
          Reference.MODEL,
          "'"
              + path
              + "' is no model: those are model.txt (LightGBM), model.json (LinearModel) and"
              + " xgboost.json (XGBoost)");
      return Optional.empty();
    }
    if (reference.selector() instanceof Selector.PreviousWindow) {
      task.problem(
          Reference.MODEL,
          "cannot be the previous window's, which the first window does not have: name a task or a"
              + " recorder, or continue the previous window's model as model.kwargs.init_model");
      return Optional.empty();
    }
    return Optional.of(new Load(reference));
  }
}
