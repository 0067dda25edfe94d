package io.windrow.quant.data;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The instruments to work on, each with the spans of days in which it belongs.
 *
 * @param members at least one, each symbol once; kept in ascending order of the symbol
 */
public record Universe(List<Member> members) {

  /**
   * An instrument of the universe.
   *
   * @param symbol for example {@code AAPL}
   * @param spans at least one; they may overlap
   */
  public record Member(String symbol, List<Span> spans) {

    public Member {
      DataLayout.checkSymbol(symbol);
      spans = List.copyOf(spans);
      if (spans.isEmpty()) {
        throw new IllegalArgumentException("instrument " + symbol + " has no span of days");
      }
    }

    /** Whether the instrument belongs to the universe on that day. */
    public boolean holds(LocalDate day) {
      for (Span span : spans) {
        if (span.holds(day)) {
          return true;
        }
      }
      return false;
    }
  }

  /** A range of days, both ends inclusive. */
  public record Span(LocalDate first, LocalDate last) {

    public Span {
      if (first.isAfter(last)) {
        throw new IllegalArgumentException("a span cannot run from " + first + " to " + last);
      }
    }

    public boolean holds(LocalDate day) {
      return !day.isBefore(first) && !day.isAfter(last);
    }
  }

  public Universe {
    members = members.stream().sorted(Comparator.comparing(Member::symbol)).toList();
    if (members.isEmpty()) {
      throw new DataException(
          "the instrument list is empty: name at least one instrument, or a market that has some");
    }
    Set<String> seen = new HashSet<>();
    for (Member member : members) {
      if (!seen.add(member.symbol())) {
        throw new DataException(
            "instrument " + member.symbol() + " is listed twice: list each instrument once");
      }
    }
  }

  /** The symbols in ascending order. */
  public List<String> symbols() {
    return members.stream().map(Member::symbol).toList();
  }
}
