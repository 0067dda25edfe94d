package io.windrow.cli.bench;

import io.windrow.coordinator.generate.TaskDefinition;
import io.windrow.coordinator.generate.TaskGen;
import io.windrow.coordinator.generate.TimeAdjuster;
import io.windrow.coordinator.workflow.Workflow;
import io.windrow.coordinator.workflow.WorkflowParser;
import io.windrow.quant.data.DataRoots;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A rolling job as a workflow describes it, on daily bars from 2008 to 2020: Alpha158 with its own
 * processors, LightGBM, windows of 60 days that slide.
 */
final class JobWorkload {

  /** As in Qlib's benchmark of LightGBM, if nothing cuts it. */
  static final int ROUNDS = 1000;

  private JobWorkload() {}

  /**
   * The tasks of the windows.
   *
   * @param rounds most boosting rounds of each
   * @throws io.windrow.coordinator.workflow.WorkflowException if the data does not fit
   */
  static List<Map<String, Object>> windows(Path data, int rounds) {
    Path root = data.toAbsolutePath().getParent();
    Workflow workflow =
        new WorkflowParser(new DataRoots(List.of(root))).parse(workflow(data, rounds));
    List<TaskGen> generators =
        workflow
            .settings()
            .generation()
            .generators(new TimeAdjuster(workflow.knownDays()), workflow.calendar().last());
    return TaskGen.tasks(workflow.templates(), generators).map(TaskDefinition::json).toList();
  }

  private static String workflow(Path data, int rounds) {
    return """
        qlib_init: {provider_uri: "%s", region: us}
        experiment_name: bench
        task:
          model:
            class: LGBModel
            module_path: qlib.contrib.model.gbdt
            kwargs:
              {loss: mse, learning_rate: 0.05, num_leaves: 31, lambda_l2: 10, num_boost_round: %d}
          dataset:
            class: DatasetH
            module_path: qlib.data.dataset
            kwargs:
              handler:
                class: Alpha158
                module_path: qlib.contrib.data.handler
                kwargs:
                  start_time: 2008-01-01
                  end_time: 2020-08-01
                  fit_start_time: 2008-01-01
                  fit_end_time: 2014-12-31
                  instruments: all
              segments:
                train: [2008-01-02, 2014-12-31]
                valid: [2015-01-02, 2016-12-30]
                test: [2017-01-03, 2020-07-31]
          record:
            - {class: SignalRecord, module_path: qlib.workflow.record_temp, kwargs: {}}
            - {class: SigAnaRecord, module_path: qlib.workflow.record_temp, kwargs: {ana_long_short: false}}
        windrow:
          rolling: {step: 60, type: sliding, trunc_days: 3}
        """
        .formatted(data.toAbsolutePath(), rounds);
  }
}
