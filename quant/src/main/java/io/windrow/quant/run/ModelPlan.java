package io.windrow.quant.run;

import io.windrow.quant.definition.Section;
import io.windrow.quant.model.Model;
import io.windrow.quant.model.Models;
import io.windrow.quant.reference.Reference;
import io.windrow.quant.reference.Selector;
import java.util.Optional;

/** Where a run has its model from. */
sealed interface ModelPlan {

  /** It is trained. */
  record Train(Model model) implements ModelPlan {}

  /** It was trained by another run. */
  record Load(Reference reference) implements ModelPlan {}

  /** Reads {@code model} of a task; empty after reporting what will not do. */
  static Optional<ModelPlan> read(Section task) {
    return Reference.isOne(task.raw(Reference.MODEL))
        ? Reference.read(task, Reference.MODEL).flatMap(reference -> load(task, reference))
        : Models.read(task.section(Reference.MODEL)).map(Train::new);
  }

  private static Optional<ModelPlan> load(Section task, Reference reference) {
    String path = reference.path();
    if (path != null && !path.endsWith(".txt") && !path.endsWith(".json")) {
      task.problem(
          Reference.MODEL,
          "'"
              + path
              + "' is no model: those are model.txt (LightGBM) and model.json (LinearModel)");
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
