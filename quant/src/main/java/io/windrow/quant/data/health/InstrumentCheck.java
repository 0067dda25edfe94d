package io.windrow.quant.data.health;

import io.windrow.quant.calendar.BarCalendar;
import io.windrow.quant.data.BarStore;
import io.windrow.quant.data.CsvImporter;
import io.windrow.quant.data.DataException;
import io.windrow.quant.data.Series;
import io.windrow.quant.data.TimeSpan;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Checks the files of one instrument, then hands its values to {@link ValueCheck}. */
final class InstrumentCheck {

  private static final String FACTOR = "factor";

  private final BarStore store;
  private final BarCalendar calendar;
  private final String symbol;
  private final HealthLimits limits;
  private final Findings findings;

  /** The bars of the calendar on which the instrument is listed. */
  private final BitSet listed = new BitSet();

  InstrumentCheck(BarStore store, String symbol, List<TimeSpan> spans, HealthLimits limits) {
    this.store = store;
    this.symbol = symbol;
    this.limits = limits;
    calendar = store.calendar();
    findings = new Findings(symbol, store);
    for (TimeSpan span : spans) {
      int first = calendar.ceiling(span.first());
      listed.set(first, Math.max(first, calendar.floor(span.last()) + 1));
    }
  }

  InstrumentHealth run() {
    if (!store.holds(symbol)) {
      findings.general(
          Severity.ERROR, FindingKind.LISTED_WITHOUT_FILES, "", "it has no folder under features");
      return new InstrumentHealth(symbol, coverage(new BitSet()), findings.all());
    }
    SortedMap<String, Series> fields = read();
    checkFields(fields.keySet());
    fields.values().removeIf(Series::isEmpty);
    BitSet present = new BitSet();
    if (!fields.isEmpty()) {
      checkDays(fields);
      present = new ValueCheck(fields, listed, limits, findings).run();
      checkListed(fields.values(), present);
    }
    return new InstrumentHealth(symbol, coverage(present), findings.all());
  }

  private SortedMap<String, Series> read() {
    SortedMap<String, Series> fields = new TreeMap<>();
    for (String field : store.fields(symbol)) {
      try {
        Series series = store.stored(symbol, field).load();
        fields.put(field, series);
        if (series.isEmpty()) {
          findings.general(
              ValueCheck.severity(field),
              FindingKind.ALL_MISSING,
              field,
              "the file holds no value at all");
        }
      } catch (DataException e) {
        fields.put(field, Series.EMPTY);
        findings.general(
            Severity.ERROR, FindingKind.BROKEN_FILE, field, String.valueOf(e.getMessage()));
      }
    }
    return fields;
  }

  private void checkFields(Collection<String> fields) {
    for (String field : new TreeSet<>(CsvImporter.BAR_FIELDS)) {
      if (!fields.contains(field)) {
        findings.general(Severity.ERROR, FindingKind.MISSING_FIELD, field, "there is no such file");
      }
    }
    if (!fields.contains(FACTOR)) {
      findings.general(
          Severity.WARNING, FindingKind.MISSING_FACTOR, FACTOR, "there is no such file");
    }
  }

  /** Compares the days of each field's file with those of the close, or of the first field. */
  private void checkDays(SortedMap<String, Series> fields) {
    String model = fields.containsKey("close") ? "close" : fields.firstKey();
    Series reference = fields.getOrDefault(model, Series.EMPTY);
    fields.forEach(
        (field, series) -> {
          if (series.start() != reference.start() || series.end() != reference.end()) {
            findings.add(
                ValueCheck.severity(field),
                FindingKind.UNEQUAL_DAYS,
                field,
                series.start(),
                series.end() - 1,
                series.end() - series.start(),
                "%s runs from %s to %s"
                    .formatted(
                        model, findings.day(reference.start()), findings.day(reference.end() - 1)));
          }
        });
  }

  private void checkListed(Collection<Series> fields, BitSet present) {
    int start = fields.stream().mapToInt(Series::start).min().orElse(0);
    int end = fields.stream().mapToInt(Series::end).max().orElse(0);
    BitSet lacking = (BitSet) listed.clone();
    lacking.clear(start, end);
    findings.bars(
        Severity.ERROR,
        FindingKind.SHORT,
        "",
        lacking,
        "the list has it from %s to %s, the files from %s to %s"
            .formatted(
                findings.day(listed.nextSetBit(0)),
                findings.day(listed.length() - 1),
                findings.day(start),
                findings.day(end - 1)));
    BitSet outside = (BitSet) present.clone();
    outside.andNot(listed);
    findings.bars(
        Severity.WARNING,
        FindingKind.OUTSIDE_SPAN,
        "",
        outside,
        "no span of the lists reaches them");
  }

  private List<Integer> coverage(BitSet present) {
    List<Integer> cells = new ArrayList<>();
    for (int cell = 0; cell < InstrumentHealth.CELLS; cell++) {
      int from = (int) ((long) calendar.size() * cell / InstrumentHealth.CELLS);
      int end = (int) ((long) calendar.size() * (cell + 1) / InstrumentHealth.CELLS);
      // With fewer bars than cells some share one.
      end = Math.max(end, from + 1);
      cells.add(100 * present.get(from, end).cardinality() / (end - from));
    }
    return cells;
  }
}
