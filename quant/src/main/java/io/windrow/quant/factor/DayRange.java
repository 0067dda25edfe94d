package io.windrow.quant.factor;

/** Calendar indices from {@code first} to {@code last}, both inclusive; at least one. */
record DayRange(int first, int last) {

  int days() {
    return last - first + 1;
  }

  /** More days on both sides, as far as the calendar reaches back. */
  DayRange widen(int back, int ahead) {
    return new DayRange(Math.max(0, first - back), last + ahead);
  }
}
