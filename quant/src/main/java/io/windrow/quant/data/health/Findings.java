package io.windrow.quant.data.health;

import io.windrow.quant.data.BarStore;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Gathers the findings of one instrument. */
final class Findings {

  private final String symbol;
  private final BarStore store;
  private final List<Finding> all = new ArrayList<>();

  Findings(String symbol, BarStore store) {
    this.symbol = symbol;
    this.store = store;
  }

  List<Finding> all() {
    return all;
  }

  /** The time of a bar; a dash for none. */
  String day(int bar) {
    return bar < 0 ? "-" : store.text(store.calendar().time(bar));
  }

  void general(Severity severity, FindingKind kind, String field, String detail) {
    all.add(Finding.general(severity, kind, symbol, field, detail));
  }

  /** A finding about some bars; nothing if there are none. */
  void bars(Severity severity, FindingKind kind, String field, BitSet bars, String detail) {
    if (!bars.isEmpty()) {
      add(severity, kind, field, bars.nextSetBit(0), bars.length() - 1, bars.cardinality(), detail);
    }
  }

  void add(
      Severity severity,
      FindingKind kind,
      String field,
      int first,
      int last,
      int count,
      String detail) {
    all.add(
        new Finding(
            severity, kind, symbol, field, first, last, day(first), day(last), count, detail));
  }
}
