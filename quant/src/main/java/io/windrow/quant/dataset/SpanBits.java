package io.windrow.quant.dataset;

import io.windrow.quant.calendar.TradingCalendar;
import io.windrow.quant.data.Universe;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** Spans of days as sets of calendar indices, and back. */
final class SpanBits {

  private SpanBits() {}

  /** For each member of a universe the trading days that its spans hold. */
  static List<BitSet> of(Universe universe, TradingCalendar calendar) {
    List<BitSet> days = new ArrayList<>();
    for (Universe.Member member : universe.members()) {
      BitSet bits = new BitSet(calendar.size());
      for (Universe.Span span : member.spans()) {
        int first = calendar.ceiling(span.first());
        bits.set(first, Math.max(first, calendar.floor(span.last()) + 1));
      }
      days.add(bits);
    }
    return days;
  }

  /** The members with the spans that their days make; who has no day is left out. */
  static Optional<Universe> universe(
      Universe universe, List<BitSet> days, TradingCalendar calendar) {
    List<Universe.Member> members = new ArrayList<>();
    for (int i = 0; i < days.size(); i++) {
      List<Universe.Span> spans = spans(days.get(i), calendar);
      if (!spans.isEmpty()) {
        members.add(new Universe.Member(universe.members().get(i).symbol(), spans));
      }
    }
    return members.isEmpty() ? Optional.empty() : Optional.of(new Universe(members));
  }

  private static List<Universe.Span> spans(BitSet days, TradingCalendar calendar) {
    List<Universe.Span> spans = new ArrayList<>();
    int first = days.nextSetBit(0);
    while (first >= 0) {
      int end = days.nextClearBit(first);
      spans.add(new Universe.Span(calendar.day(first), calendar.day(end - 1)));
      first = days.nextSetBit(end);
    }
    return spans;
  }
}
