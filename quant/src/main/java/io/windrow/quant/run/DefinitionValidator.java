package io.windrow.quant.run;

import io.windrow.quant.definition.Problem;
import io.windrow.quant.definition.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Checks a task definition without running it: classes, arguments, types, segments. */
public final class DefinitionValidator {

  private DefinitionValidator() {}

  /**
   * Every problem of a definition; an empty list if it can run. Data is not looked at.
   *
   * @param definition Qlib's task dict as plain JSON, with {@code qlib_init}
   */
  public static List<Problem> check(Map<String, ?> definition) {
    List<Problem> problems = new ArrayList<>();
    Section root = Section.root(definition, problems);
    root.section("qlib_init");
    root.section("model");
    root.section("dataset");
    return List.copyOf(problems);
  }
}
