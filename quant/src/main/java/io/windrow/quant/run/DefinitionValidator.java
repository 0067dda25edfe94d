package io.windrow.quant.run;

import io.windrow.quant.data.DataStore;
import io.windrow.quant.dataset.DatasetConfig;
import io.windrow.quant.dataset.HandlerConfig;
import io.windrow.quant.definition.Problem;
import io.windrow.quant.definition.Section;
import io.windrow.quant.model.Models;
import io.windrow.quant.processor.Processors;
import io.windrow.quant.record.Records;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Checks a task definition without running it: classes, arguments, types, segments. */
public final class DefinitionValidator {

  private DefinitionValidator() {}

  /**
   * Every problem of a definition; it can run if none of them {@linkplain Problem#prevents()
   * prevents} it. Data is not looked at.
   *
   * @param definition Qlib's task dict as plain JSON, with {@code qlib_init}
   */
  public static List<Problem> check(Map<String, ?> definition) {
    List<Problem> problems = new ArrayList<>();
    TaskPlan.read(definition, problems);
    return List.copyOf(problems);
  }

  /**
   * What a definition needs and its data lacks, as far as the definition can be read: {@link
   * #check(Map)} says what cannot. Looks at calendar, instrument lists and names of files.
   */
  public static List<Problem> checkData(Map<String, ?> definition, DataStore data) {
    List<Problem> unread = new ArrayList<>();
    Section dataset = Section.root(definition, unread).optionalSection("dataset");
    List<Problem> lacking = new ArrayList<>(DatasetConfig.lacking(dataset, data));
    TaskPlan.read(definition, unread).ifPresent(plan -> lacking.addAll(plan.recordsLack(data)));
    return List.copyOf(lacking);
  }

  public static List<String> knownModels() {
    return Models.known();
  }

  public static List<String> knownDatasets() {
    return DatasetConfig.known();
  }

  public static List<String> knownHandlers() {
    return HandlerConfig.known();
  }

  public static List<String> knownProcessors() {
    return Processors.known();
  }

  public static List<String> knownRecords() {
    return Records.known();
  }
}
