package io.windrow.quant.model;

import io.windrow.quant.definition.Section;
import io.windrow.quant.reference.Reference;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the arguments of Qlib's LGBModel. */
final class LGBModelArguments {

  private static final String LOSS = "loss";
  private static final String INIT_MODEL = "init_model";
  private static final String FINETUNE = "finetune";
  private static final String ROUNDS = "num_boost_round";
  private static final String PATIENCE = "early_stopping_rounds";
  private static final List<String> OWN_KEYS = List.of(LOSS, "verbose_eval", INIT_MODEL, FINETUNE);
  private static final int MOST_ROUNDS = 1_000_000;

  /** Qlib's {@code num_boost_round} of {@code finetune}. */
  private static final int FINETUNE_ROUNDS = 10;

  private final Section kwargs;
  private final LightGbmParameters parameters;

  private LGBModelArguments(Section kwargs, Set<String> own) {
    this.kwargs = kwargs;
    this.parameters = LightGbmParameters.read(kwargs, own);
  }

  /** Reads {@code model.kwargs}. */
  static LGBModel read(Section kwargs) {
    // The first window of a series has no model to go on from: it is trained as usual.
    boolean finetune = finetuneRounds(kwargs) > 0 && kwargs.has(INIT_MODEL);
    Set<String> own = new TreeSet<>(OWN_KEYS);
    if (finetune) {
      // Arguments of Qlib's constructor that fit uses and finetune does not.
      own.addAll(List.of(ROUNDS, PATIENCE));
    }
    LGBModelArguments arguments = new LGBModelArguments(kwargs, own);
    return finetune ? arguments.finetune() : arguments.fit();
  }

  private LGBModel fit() {
    int rounds = integer("num_iterations", 1000);
    int patience = integer("early_stopping_round", neverStops() ? LGBModel.ENDLESS : 50);
    return model(rounds, patience, false);
  }

  private LGBModel finetune() {
    int rounds = integer("num_iterations", finetuneRounds(kwargs));
    return model(rounds, LGBModel.ENDLESS, true);
  }

  private LGBModel model(int rounds, int patience, boolean finetune) {
    // Qlib's "mse" is LightGBM's "regression"; both accept either name.
    String loss = kwargs.choice(LOSS, List.of("mse", "binary"));
    return new LGBModel(
        parameters
            .without("num_iterations")
            .without("early_stopping_round")
            .withDefault("objective", loss),
        rounds,
        patience,
        initModel(),
        finetune);
  }

  /** Rounds to add; 0 to train as {@code fit} does. */
  private static int finetuneRounds(Section kwargs) {
    if (kwargs.raw(FINETUNE) instanceof Boolean flag) {
      return flag ? FINETUNE_ROUNDS : 0;
    }
    return kwargs.integer(FINETUNE, 0, 0, MOST_ROUNDS);
  }

  /** In Python None, which YAML writes as null, is no stopping; an absent argument is 50 rounds. */
  private boolean neverStops() {
    return kwargs.keys().contains(PATIENCE) && !kwargs.has(PATIENCE);
  }

  private @Nullable Reference initModel() {
    Optional<Reference> model = Reference.read(kwargs, INIT_MODEL);
    if (model.isPresent() && "rf".equals(parameters.values().get("boosting"))) {
      kwargs.problem(
          INIT_MODEL, "cannot be continued by a random forest, whose trees are averaged");
    }
    return model.orElse(null);
  }

  private int integer(String name, int absent) {
    String text = parameters.values().get(name);
    if (text == null) {
      return absent;
    }
    if (text.matches("[1-9][0-9]{0,6}") && Integer.parseInt(text) <= MOST_ROUNDS) {
      return Integer.parseInt(text);
    }
    String key =
        kwargs.keys().stream()
            .filter(k -> LightGbmNames.canonical(k).equals(Optional.of(name)))
            .findFirst()
            .orElse(name);
    kwargs.problem(
        key, "must be a whole number from 1 to " + MOST_ROUNDS + ", not " + Section.quote(text));
    return absent;
  }
}
