package io.windrow.quant.factor.rolling;

/** Values of some days of a series in order; days without a finite value are never in it. */
sealed interface SortedValues permits SortedArray, SortedTree {

  void add(int day);

  /** Takes out a day that was added. */
  void remove(int day);

  int size();

  /** How many values are smaller than that of a day that was added. */
  int below(int day);

  /** How many values are at most that of a day that was added. */
  int upTo(int day);

  /** The value with so many values before it, from 0. */
  double at(int place);
}
