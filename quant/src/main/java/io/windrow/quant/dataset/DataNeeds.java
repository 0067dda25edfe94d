package io.windrow.quant.dataset;

import io.windrow.quant.data.DataException;
import io.windrow.quant.data.DataStore;
import io.windrow.quant.data.Universe;
import io.windrow.quant.dataset.WrittenExpressions.Role;
import io.windrow.quant.definition.DefinitionException;
import io.windrow.quant.definition.Nearest;
import io.windrow.quant.definition.Problem;
import io.windrow.quant.definition.Problem.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Holds what a handler needs against its data: market, instruments, filters, fields. Looks at names
 * of files only, most often at one for each instrument.
 */
final class DataNeeds {

  private static final String INSTRUMENTS = "dataset.kwargs.handler.kwargs.instruments";

  /** Names that are told; more are counted. */
  private static final int SHOWN = 10;

  private final HandlerConfig handler;
  private final DataStore data;
  private final Universe universe;
  private final List<Problem> problems = new ArrayList<>();

  private DataNeeds(HandlerConfig handler, DataStore data, Universe universe) {
    this.handler = handler;
    this.data = data;
    this.universe = universe;
  }

  /** What the data lacks. */
  static List<Problem> check(HandlerConfig handler, DataStore data) {
    try {
      DataNeeds needs = new DataNeeds(handler, data, handler.instruments().listed(data));
      needs.check();
      return needs.problems;
    } catch (DataException e) {
      return List.of(new Problem(INSTRUMENTS, String.valueOf(e.getMessage())));
    }
  }

  private void check() {
    List<WrittenExpressions> all = WrittenExpressions.of(handler);
    Set<String> present = new TreeSet<>();
    all.forEach(expressions -> present.addAll(expressions.fields()));
    present.removeIf(
        field -> universe.symbols().stream().noneMatch(symbol -> data.has(symbol, field)));
    if (present.isEmpty() && universe.symbols().stream().noneMatch(data::holds)) {
      String market = handler.instruments().market();
      problems.add(
          new Problem(
              INSTRUMENTS,
              market == null
                  ? absent(universe.symbols())
                  : "the data has no bars of any instrument of market %s, such as %s: import them"
                      .formatted(market, universe.symbols().get(0))));
      return;
    }
    all.forEach(expressions -> checkFields(expressions, present));
    if (!present.isEmpty()) {
      checkInstruments(present);
    }
    try {
      handler.instruments().checkFilters(data);
    } catch (DefinitionException e) {
      problems.addAll(e.problems());
    }
  }

  private void checkInstruments(Set<String> present) {
    List<String> absent =
        universe.symbols().stream()
            .filter(symbol -> present.stream().noneMatch(field -> data.has(symbol, field)))
            .toList();
    String market = handler.instruments().market();
    if (absent.isEmpty()) {
      return;
    }
    problems.add(
        market == null
            // Qlib leaves them out, which hides a slip of the pen.
            ? new Problem(INSTRUMENTS, absent(absent))
            : new Problem(
                INSTRUMENTS,
                "%d of the %d instruments of market %s have no bars, and so no rows: %s"
                    .formatted(absent.size(), universe.members().size(), market, shown(absent)),
                Severity.WARNING));
  }

  private String absent(List<String> symbols) {
    List<String> held = data.held();
    List<String> hinted =
        symbols.stream()
            .limit(SHOWN)
            .map(symbol -> symbol + Nearest.hint(symbol, held))
            .collect(Collectors.toCollection(ArrayList::new));
    hinted.addAll(symbols.subList(hinted.size(), symbols.size()));
    return "the data has no bars of "
        + shown(hinted)
        + ": correct the symbols, leave them out or import their bars";
  }

  private void checkFields(WrittenExpressions all, Set<String> present) {
    Set<String> absent = all.fields();
    absent.removeAll(present);
    if (absent.isEmpty()) {
      return;
    }
    problems.add(
        all.role() == Role.BUILT_IN
            ? new Problem(
                all.path(),
                "no instrument has %s: what reads it has no values, as in Qlib: %s"
                    .formatted(shown(written(absent)), shown(all.readers(absent))),
                Severity.WARNING)
            : new Problem(
                all.path(),
                absent.stream()
                    .map(field -> unknown(all, field))
                    .collect(Collectors.joining("; "))));
  }

  private String unknown(WrittenExpressions all, String field) {
    List<String> known =
        written(
            universe.symbols().stream()
                .filter(data::holds)
                .limit(SHOWN)
                .flatMap(symbol -> data.fields(symbol).stream())
                .collect(Collectors.toCollection(TreeSet::new)));
    String hint = Nearest.hint("$" + field, known);
    String reader = all.readers(Set.of(field)).get(0);
    return "%s: no instrument has a field $%s%s, %s"
        .formatted(
            all.called(reader),
            field,
            hint.isEmpty() ? " (there are " + shown(known) + ")" : hint,
            all.expression(reader).place(field));
  }

  /** Fields as expressions name them. */
  private static List<String> written(Collection<String> fields) {
    return fields.stream().map(field -> "$" + field).toList();
  }

  private static String shown(Collection<String> names) {
    int more = names.size() - SHOWN;
    return names.stream().limit(SHOWN).collect(Collectors.joining(", "))
        + (more > 0 ? " and " + more + " more" : "");
  }
}
