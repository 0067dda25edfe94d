package io.windrow.quant.data.health;

import io.windrow.quant.calendar.BarCalendar;
import io.windrow.quant.calendar.Frequency;
import io.windrow.quant.data.BarStore;
import io.windrow.quant.data.DataException;
import io.windrow.quant.data.TimeSpan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Checks a data folder in Qlib's layout, one instrument after the other, so that memory holds the
 * fields of one. The questions of Qlib's {@code check_data_health} and more; see {@link
 * FindingKind}.
 */
public final class HealthCheck {

  private static final String ALL = "all";

  private final HealthLimits limits;

  public HealthCheck(HealthLimits limits) {
    this.limits = limits;
  }

  /**
   * Checks a folder.
   *
   * @param each receives every instrument of every list, in alphabetical order
   */
  public FolderHealth run(Path root, Frequency frequency, Consumer<InstrumentHealth> each) {
    BarStore store;
    try {
      store = BarStore.open(root, frequency);
    } catch (DataException e) {
      return new FolderHealth(
          0, "", "", 0, List.of(folderError(FindingKind.CALENDAR, String.valueOf(e.getMessage()))));
    }
    List<Finding> findings = new ArrayList<>();
    future(store).ifPresent(findings::add);
    if (store.isUpdateUnfinished()) {
      findings.add(
          Finding.general(
              Severity.WARNING,
              FindingKind.UNFINISHED_UPDATE,
              "",
              "",
              "an update goes on, or was killed before it published its calendar"));
    }
    NavigableMap<String, List<TimeSpan>> instruments = instruments(store, findings);
    for (String folder : store.unlisted(instruments.keySet())) {
      findings.add(
          Finding.general(
              Severity.WARNING,
              FindingKind.UNLISTED,
              folder,
              "",
              "features/" + folder + " belongs to no instrument of any list"));
    }
    BarCalendar calendar = store.calendar();
    instruments.forEach(
        (symbol, spans) -> each.accept(new InstrumentCheck(store, symbol, spans, limits).run()));
    return new FolderHealth(
        calendar.size(),
        store.text(calendar.first()),
        store.text(calendar.last()),
        instruments.size(),
        findings);
  }

  private static Finding folderError(FindingKind kind, String detail) {
    return Finding.general(Severity.ERROR, kind, "", "", detail);
  }

  private static Optional<Finding> future(BarStore store) {
    try {
      Optional<BarCalendar> future = store.futureCalendar();
      if (future.isEmpty()) {
        return Optional.empty();
      }
      BarCalendar known = future.get();
      return store
          .calendar()
          .times()
          .filter(time -> !known.holds(time))
          .findFirst()
          .map(
              time ->
                  folderError(
                      FindingKind.FUTURE_CALENDAR,
                      "it lacks " + store.text(time) + ", which the calendar has"));
    } catch (DataException e) {
      return Optional.of(folderError(FindingKind.FUTURE_CALENDAR, String.valueOf(e.getMessage())));
    }
  }

  /** The instruments of all lists; the spans of market all count where it has the instrument. */
  private static NavigableMap<String, List<TimeSpan>> instruments(
      BarStore store, List<Finding> findings) {
    NavigableMap<String, List<TimeSpan>> instruments = new TreeMap<>();
    List<String> markets = new ArrayList<>(store.markets());
    if (markets.isEmpty()) {
      findings.add(folderError(FindingKind.BROKEN_LIST, "there is no list of instruments at all"));
    }
    if (markets.remove(ALL)) {
      markets.add(0, ALL);
    }
    for (String market : markets) {
      try {
        store.universe(market).forEach(instruments::putIfAbsent);
      } catch (DataException e) {
        findings.add(folderError(FindingKind.BROKEN_LIST, String.valueOf(e.getMessage())));
      }
    }
    return instruments;
  }
}
