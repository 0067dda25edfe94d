package io.windrow.quant.definition;

import java.util.List;
import java.util.stream.Collectors;

/** A definition that cannot run, today or later: trying again would fail the same way. */
public final class DefinitionException extends RuntimeException {

  private final transient List<Problem> problems;

  /** Reports all problems of a definition, at least one. */
  public DefinitionException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
    this.problems = List.copyOf(problems);
  }

  public DefinitionException(String path, String message) {
    this(List.of(new Problem(path, message)));
  }

  public List<Problem> problems() {
    return problems;
  }
}
