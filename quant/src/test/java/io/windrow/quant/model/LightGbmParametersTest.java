package io.windrow.quant.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.quant.definition.Problem;
import io.windrow.quant.definition.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LightGbmParametersTest {

  private final List<Problem> problems = new ArrayList<>();

  @Test
  void readsQlibsArguments() {
    Map<String, Object> kwargs = new HashMap<>();
    kwargs.put("loss", "mse");
    kwargs.put("colsample_bytree", 0.8879);
    kwargs.put("lambda_l1", 205.6999);
    kwargs.put("num_leaves", 210.0);
    kwargs.put("num_threads", 20);
    kwargs.put("monotone_constraints", List.of(1, 0, -1));
    kwargs.put("max_depth", null);
    kwargs.put("verbose_eval", 20);
    kwargs.put("num_boost_round", 300);

    LGBModel model = (LGBModel) LGBModel.read(Section.root(kwargs, problems));

    assertThat(problems).isEmpty();
    assertThat(model.rounds()).isEqualTo(300);
    assertThat(model.patience()).isEqualTo(50);
    assertThat(model.parameters().text(2))
        .isEqualTo(
            "deterministic=true feature_fraction=0.8879 force_row_wise=true lambda_l1=205.6999"
                + " monotone_constraints=1,0,-1 num_leaves=210 num_threads=2 objective=mse"
                + " verbosity=-1");
  }

  @Test
  void theDefinitionMayChooseOtherwise() {
    Map<String, Object> kwargs =
        Map.of("deterministic", false, "force_col_wise", true, "objective", "l1", "nthread", 1);

    LGBModel model = (LGBModel) LGBModel.read(Section.root(kwargs, problems));

    assertThat(model.parameters().text(4))
        .isEqualTo(
            "deterministic=false force_col_wise=true num_threads=1 objective=l1 verbosity=-1");
  }

  @Test
  void listsGoToLightGbmAsItWritesThem() {
    Map<String, Object> kwargs =
        Map.of(
            "interaction_constraints", List.of(List.of(0, 1), List.of(2)),
            "metric", List.of("l2", "l1"),
            "categorical_feature", List.of(1, 2),
            "eval_at", List.of(1, 3));

    LGBModel model = (LGBModel) LGBModel.read(Section.root(kwargs, problems));

    assertThat(problems).isEmpty();
    assertThat(model.parameters().text(1))
        .contains(
            " interaction_constraints=[0,1],[2] ",
            " metric=l2,l1 ",
            "categorical_feature=1,2 ",
            " eval_at=1,3 ");
  }

  @Test
  void nullStopsNeverAsNoneDoes() {
    Map<String, Object> kwargs = new HashMap<>();
    kwargs.put("early_stopping_rounds", null);

    LGBModel model = (LGBModel) LGBModel.read(Section.root(kwargs, problems));

    assertThat(problems).isEmpty();
    assertThat(model.patience()).isEqualTo(LGBModel.ENDLESS);
  }

  @Test
  void finetuneHasItsOwnRounds() {
    Map<String, Object> kwargs = new HashMap<>();
    kwargs.put("finetune", true);
    kwargs.put("num_boost_round", 300);
    assertThat(read(kwargs).rounds()).isEqualTo(300);
    kwargs.put("init_model", "<recorder:previous_window>");
    assertThat(read(kwargs).rounds()).isEqualTo(10);
    assertThat(read(kwargs).finetune()).isTrue();
    kwargs.put("finetune", 25);
    assertThat(read(kwargs).rounds()).isEqualTo(25);
    // Which lgb.train takes before its argument.
    kwargs.put("num_iterations", 7);
    assertThat(read(kwargs).rounds()).isEqualTo(7);
    kwargs.put("finetune", false);
    kwargs.remove("num_iterations");
    assertThat(read(kwargs).rounds()).isEqualTo(300);
    assertThat(read(kwargs).finetune()).isFalse();
    assertThat(problems).isEmpty();

    kwargs.put("finetune", "often");
    LGBModel.read(Section.root(kwargs, problems));
    assertThat(problems).extracting(Problem::path).containsOnly("finetune");
  }

  private LGBModel read(Map<String, Object> kwargs) {
    return (LGBModel) LGBModel.read(Section.root(kwargs, problems));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.1 output_model=/tmp/x",
        "0.1\noutput_model=/tmp/x",
        "0.1\toutput_model",
        "a=b",
        "../x",
        "#",
        ""
      })
  void aValueCannotCarryAnotherParameter(String value) {
    LGBModel.read(Section.root(Map.of("learning_rate", value), problems));

    assertThat(problems).extracting(Problem::path).containsExactly("learning_rate");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data",
        "train_data",
        "input_model",
        "model_out",
        "config_file",
        "machines",
        "workers",
        "machine_list_file",
        "forcedbins_filename",
        "fs",
        "snapshot_freq",
        "save_period",
        "task",
        "device",
        "output_result",
        "parser_config_file",
        "is_save_binary",
        "convert_model_file"
      })
  void filesAndMachinesAreRefused(String name) {
    LGBModel.read(Section.root(Map.of(name, "x"), problems));

    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).message()).startsWith("is refused");
  }

  @Test
  void namesWhatIsWrong() {
    Map<String, Object> kwargs = new HashMap<>();
    kwargs.put("learning_rte", 0.1);
    kwargs.put("objective", "multiclass");
    kwargs.put("reg_alpha", 1);
    kwargs.put("lambda_l1", 2);
    kwargs.put("early_stopping_rounds", 0);
    kwargs.put("loss", "mae");

    LGBModel.read(Section.root(kwargs, problems));

    assertThat(problems)
        .extracting(Problem::toString)
        .anySatisfy(t -> assertThat(t).contains("learning_rte").contains("'learning_rate'"))
        .anySatisfy(t -> assertThat(t).contains("objective: cannot be 'multiclass'"))
        .anySatisfy(t -> assertThat(t).contains("is a second value for lambda_l1"))
        .anySatisfy(t -> assertThat(t).contains("early_stopping_rounds: must be a whole number"))
        .anySatisfy(t -> assertThat(t).contains("loss: must be one of [mse, binary]"))
        .hasSize(5);
  }
}
