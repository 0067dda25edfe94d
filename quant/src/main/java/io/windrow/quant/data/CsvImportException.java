package io.windrow.quant.data;

import java.util.List;
import java.util.stream.Collectors;

/** CSV files that cannot be imported, with every problem found. Nothing was written. */
public final class CsvImportException extends DataException {

  private static final long serialVersionUID = 1L;
  private static final int LISTED = 50;

  private final transient List<CsvProblem> problems;

  CsvImportException(List<CsvProblem> problems) {
    super(message(problems));
    this.problems = List.copyOf(problems);
  }

  /** The problems in the order of files and lines. */
  public List<CsvProblem> problems() {
    return problems;
  }

  private static String message(List<CsvProblem> problems) {
    String listed =
        problems.stream().limit(LISTED).map(CsvProblem::toString).collect(Collectors.joining("\n"));
    String rest =
        problems.size() > LISTED ? "\n... and " + (problems.size() - LISTED) + " more" : "";
    return "nothing was imported; mend these first:\n" + listed + rest;
  }
}
