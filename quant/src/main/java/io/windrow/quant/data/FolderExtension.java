package io.windrow.quant.data;

import io.windrow.quant.calendar.BarCalendar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** One update or fix, see {@link CsvImporter}. */
final class FolderExtension {

  private final DataFolder folder;
  private final CsvFormat format;
  private final CsvSource source;

  /** Whether the calendar stays, and with it the instruments that are there. */
  private final boolean fix;

  private final SortedMap<String, List<TimeSpan>> before;
  private final SortedMap<String, List<TimeSpan>> instruments;
  private final TreeSet<LocalDateTime> newTimes = new TreeSet<>();
  private final List<CsvProblem> notes = new ArrayList<>();
  private int extended;
  private int added;
  private int untouched;
  private long rows;

  private FolderExtension(DataFolder folder, CsvFormat format, CsvSource source, boolean fix) {
    this.folder = folder;
    this.format = format;
    this.source = source;
    this.fix = fix;
    before = folder.instruments(DataFolder.ALL);
    instruments = new TreeMap<>(before);
  }

  static CsvUpdateReport update(Path root, CsvFormat format, CsvSource source) {
    return extend(root, format, source, false);
  }

  static CsvUpdateReport fix(Path root, CsvFormat format, CsvSource source) {
    return extend(root, format, source, true);
  }

  private static CsvUpdateReport extend(
      Path root, CsvFormat format, CsvSource source, boolean fix) {
    DataFolder unlocked = DataFolder.open(root, format.frequency());
    return FolderLock.holding(
        unlocked.layout().lock(),
        () -> {
          UnfinishedUpdate.undo(unlocked.layout());
          // Whoever held the lock before may have changed what is there.
          DataFolder folder = DataFolder.open(root, format.frequency());
          return new FolderExtension(folder, format, source, fix).run();
        });
  }

  private CsvUpdateReport run() {
    source.survey(this::survey);
    BarCalendar calendar = calendar();
    DataStoreWriter writer = new DataStoreWriter(folder.layout());
    if (!newTimes.isEmpty()) {
      TextFile.writeCalendar(folder.layout().nextCalendar(), calendar, format.frequency());
    }
    source.write((symbol, file, table) -> write(symbol, file, table, calendar, writer));
    if (!newTimes.isEmpty()) {
      publishCalendar();
    }
    if (extended + added > 0) {
      writer.instruments(DataFolder.ALL, instruments);
    }
    notes.addAll(0, source.dropped());
    return new CsvUpdateReport(
        extended,
        added,
        untouched,
        rows,
        newTimes.size(),
        calendar.size(),
        text(calendar.first()),
        text(calendar.last()),
        List.copyOf(notes));
  }

  private void survey(String symbol, Path file, SymbolTable table) {
    Optional<SymbolTable> fresh = fresh(symbol, table);
    if (before.containsKey(symbol)) {
      noteRest(symbol, file, table, fresh);
    }
    if (fresh.isEmpty()) {
      untouched++;
      return;
    }
    SymbolTable taken = fresh.get();
    taken.rows().forEach((time, row) -> checkTime(file, row.line(), time));
    rows += taken.rows().size();
    if (before.containsKey(symbol)) {
      extended++;
      checkFields(symbol, file, table);
      instruments.compute(symbol, (s, spans) -> lengthened(spans, taken.last()));
    } else {
      added++;
      instruments.put(symbol, List.of(taken.span()));
    }
  }

  /** The rows to take. */
  private Optional<SymbolTable> fresh(String symbol, SymbolTable table) {
    if (!before.containsKey(symbol)) {
      return Optional.of(table);
    }
    if (fix) {
      return Optional.empty();
    }
    return Optional.of(table.after(end(symbol))).filter(rest -> !rest.rows().isEmpty());
  }

  /** The last bar that the folder has of an instrument. Lists may reach far into the future. */
  private LocalDateTime end(String symbol) {
    LocalDateTime listed = last(before.getOrDefault(symbol, List.of())).last();
    LocalDateTime known = folder.bars().last();
    return listed.isBefore(known) ? listed : known;
  }

  private static TimeSpan last(List<TimeSpan> spans) {
    return spans.stream().reduce((a, b) -> b.last().isAfter(a.last()) ? b : a).orElseThrow();
  }

  private static List<TimeSpan> lengthened(List<TimeSpan> spans, LocalDateTime last) {
    TimeSpan latest = last(spans);
    List<TimeSpan> result = new ArrayList<>(spans);
    if (latest.last().isBefore(last)) {
      result.set(spans.indexOf(latest), new TimeSpan(latest.first(), last));
    }
    return result;
  }

  private void noteRest(String symbol, Path file, SymbolTable table, Optional<SymbolTable> fresh) {
    String name = String.valueOf(file.getFileName());
    if (fix) {
      notes.add(new CsvProblem(name, 0, symbol + " is in the folder already: left as it is"));
      return;
    }
    int old = table.rows().size() - fresh.map(rest -> rest.rows().size()).orElse(0);
    if (old > 0) {
      notes.add(
          new CsvProblem(
              name,
              0,
              old
                  + " rows up to "
                  + text(end(symbol))
                  + " are not newer than what the folder has of "
                  + symbol
                  + ": left out"));
      Restated.find(folder, symbol, table, end(symbol))
          .ifPresent(restated -> notes.add(restated.note(name, format.frequency())));
    }
  }

  private void checkTime(Path file, long line, LocalDateTime time) {
    if (folder.bars().holds(time)) {
      return;
    }
    if (fix || time.isBefore(folder.bars().last())) {
      source.problem(
          file,
          line,
          text(time)
              + " is not in the calendar, which nothing can be put into: remove the row, or import"
              + " all files again with --replace");
    } else {
      newTimes.add(time);
    }
  }

  private void checkFields(String symbol, Path file, SymbolTable table) {
    for (String field : folder.fields(symbol)) {
      if (format.takes(field) && !table.fields().contains(field)) {
        source.problem(
            file,
            1,
            "the header has no column \""
                + field
                + "\", which the folder has of "
                + symbol
                + ": add it, or leave the field as it is with --exclude-fields "
                + field);
      }
    }
  }

  private BarCalendar calendar() {
    return new BarCalendar(Stream.concat(folder.bars().times(), newTimes.stream()).toList());
  }

  private void write(
      String symbol, Path file, SymbolTable table, BarCalendar calendar, DataStoreWriter writer) {
    Optional<SymbolTable> fresh = fresh(symbol, table);
    if (fresh.isEmpty()) {
      return;
    }
    SymbolTable taken = fresh.get();
    if (!instruments.containsKey(symbol)
        || !taken.rows().keySet().stream().allMatch(calendar::holds)) {
      throw CsvSource.changed(file);
    }
    for (int i = 0; i < taken.fields().size(); i++) {
      String field = taken.fields().get(i);
      // Also of an instrument that no line of the list names: nothing is lost.
      Series old = folder.open(symbol, field).load();
      writer.series(symbol, field, taken.appendedTo(old, i, calendar));
    }
  }

  private void publishCalendar() {
    DataLayout layout = folder.layout();
    try {
      WholeFile.move(layout.nextCalendar(), layout.calendar());
    } catch (IOException e) {
      throw new DataException("cannot write " + layout.calendar() + ": " + e, e);
    }
    LocalDateTime last = newTimes.last();
    if (Files.isRegularFile(layout.futureCalendar())
        && folder.future().filter(future -> future.holds(last)).isEmpty()) {
      notes.add(
          new CsvProblem(
              String.valueOf(layout.futureCalendar().getFileName()),
              0,
              "does not know the new bar " + text(last) + ": write it anew"));
    }
  }

  private String text(LocalDateTime time) {
    return BarTime.format(time, format.frequency());
  }
}
