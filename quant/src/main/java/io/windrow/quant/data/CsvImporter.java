package io.windrow.quant.data;

import io.windrow.quant.calendar.BarCalendar;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Brings CSV files into a data folder in Qlib's layout: a new one as Qlib's {@code dump_bin
 * dump_all} makes it, newer rows as {@code dump_update}, instruments that are missing as {@code
 * dump_fix}.
 *
 * <p>The symbol is the file's name without {@code .csv}, in capitals, unless the {@link CsvFormat}
 * names a column for it. Files whose name begins with {@code _} or {@code .} are no symbols. Every
 * file is read twice, first to check it and to find the calendar, then to write it, so that memory
 * holds one file at a time.
 */
public final class CsvImporter {

  /** The columns that Alpha158 cannot do without. */
  public static final Set<String> BAR_FIELDS = Set.of("open", "high", "low", "close", "volume");

  private final CsvFormat format;
  private final boolean replace;
  private final Progress progress;

  /** Is told how far the import is. */
  @FunctionalInterface
  public interface Progress {

    /** Tells nobody. */
    Progress NONE = (done, total) -> {};

    void advanced(int done, int total);
  }

  /**
   * Settles how to import daily files.
   *
   * @param required columns that every file must have, apart from the date
   * @param replace whether {@link #run} may replace a data folder that is there
   */
  public CsvImporter(Set<String> required, boolean replace, Progress progress) {
    this(CsvFormat.daily(required), replace, progress);
  }

  /**
   * Settles how to import.
   *
   * @param replace whether {@link #run} may replace a data folder that is there
   */
  public CsvImporter(CsvFormat format, boolean replace, Progress progress) {
    this.format = format;
    this.replace = replace;
    this.progress = progress;
  }

  /**
   * Makes a data folder: the calendar is the union of all dates, market {@code all} holds every
   * symbol from its first row to its last, every column but the date becomes a field. The data is
   * written beside {@code target} and renamed when it is complete, so a failed or killed import
   * leaves {@code target} as it was.
   *
   * @throws CsvImportException with every problem of the files
   * @throws DataException if there is nothing to import, or the target is in the way or cannot be
   *     written
   */
  public CsvImportReport run(Path folder, Path target) {
    CsvSource source = new CsvSource(folder, format, progress);
    TargetFolder output = TargetFolder.prepare(target, format.frequency(), replace);
    try {
      CsvImportReport report = write(source, output.draft());
      output.publish();
      return report;
    } finally {
      output.discardDraft();
    }
  }

  private CsvImportReport write(CsvSource source, Path draft) {
    TreeSet<LocalDateTime> times = new TreeSet<>();
    Set<String> fields = new LinkedHashSet<>();
    SortedMap<String, List<TimeSpan>> instruments = new TreeMap<>();
    long[] rows = {0};
    source.survey(
        (symbol, file, table) -> {
          times.addAll(table.rows().keySet());
          fields.addAll(table.fields());
          rows[0] += table.rows().size();
          instruments.put(symbol, List.of(table.span()));
        });
    BarCalendar calendar = new BarCalendar(List.copyOf(times));
    DataStoreWriter writer = new DataStoreWriter(draft, format.frequency());
    writer.calendar(calendar);
    writer.instruments(DataFolder.ALL, instruments);
    source.write(
        (symbol, file, table) -> {
          if (!times.containsAll(table.rows().keySet())) {
            throw CsvSource.changed(file);
          }
          for (int i = 0; i < table.fields().size(); i++) {
            writer.series(symbol, table.fields().get(i), table.series(i, calendar));
          }
        });
    return new CsvImportReport(
        instruments.size(),
        List.copyOf(fields),
        rows[0],
        calendar.size(),
        BarTime.format(calendar.first(), format.frequency()),
        BarTime.format(calendar.last(), format.frequency()),
        source.dropped());
  }

  /**
   * Extends a data folder by rows that are newer: after each symbol's last day, or after the
   * calendar's if the list of instruments reaches further. The calendar and the last span of market
   * {@code all} grow with them, symbols that are new join; bars without a row are NaN. Other lists
   * of instruments and {@code <frequency>_future.txt} stay as they are. Rows that are not newer are
   * left out and reported.
   *
   * <p>Readers may go on meanwhile; who opened the folder before sees it as it was. All files are
   * checked before anything is written. Then every file is replaced at once, in this order, and
   * what a killed process (not a power cut) leaves is readable after each step:
   *
   * <ol>
   *   <li>the coming calendar under a hidden name: nothing has changed;
   *   <li>field files: they reach beyond the calendar and are read up to its end, so nothing has
   *       changed; the next update or fix cuts them first;
   *   <li>the calendar: the new days are there, but no instrument's span reaches them;
   *   <li>the list of instruments: done.
   * </ol>
   *
   * The same update again completes each of them.
   *
   * @throws CsvImportException with every problem of the files: a new row on a day that the
   *     calendar left out, a field of the instrument that the file lacks
   * @throws DataException if the folder is missing or broken or being updated by someone else
   */
  public CsvUpdateReport update(Path folder, Path target) {
    return FolderExtension.update(target, format, new CsvSource(folder, format, progress));
  }

  /**
   * Adds instruments that a data folder lacks, over its calendar. The others stay as they are and
   * are reported. Field files come first, then the list of instruments {@code all}, replaced at
   * once: a process killed before that leaves folders that no list names.
   *
   * @throws CsvImportException with every problem of the files: among them each row on a day that
   *     the calendar does not have
   * @throws DataException if the folder is missing or broken or being updated by someone else
   */
  public CsvUpdateReport fix(Path folder, Path target) {
    return FolderExtension.fix(target, format, new CsvSource(folder, format, progress));
  }
}
