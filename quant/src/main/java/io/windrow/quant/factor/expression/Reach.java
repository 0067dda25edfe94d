package io.windrow.quant.factor.expression;

import java.util.OptionalInt;

/**
 * The days on which a value of an expression depends, counted from the value's own day: negative
 * before it, positive after it.
 *
 * @param first the earliest of them, or {@link #EVER}
 * @param last the latest of them
 */
public record Reach(int first, int last) {

  /** All days so far. */
  public static final int EVER = Integer.MIN_VALUE;

  static final Reach TODAY = new Reach(0, 0);

  /** How many days before its own a value needs; empty if all days that there are. */
  public OptionalInt back() {
    return first == EVER ? OptionalInt.empty() : OptionalInt.of(Math.max(0, -first));
  }

  /** How many days after its own a value needs: a value known that much later. */
  public int ahead() {
    return Math.max(0, last);
  }

  Reach union(Reach other) {
    return new Reach(Math.min(first, other.first), Math.max(last, other.last));
  }

  /** Of a window of {@code days} days that ends today. */
  Reach window(int days) {
    return new Reach(first == EVER ? EVER : first - days + 1, last);
  }

  /** Of all days up to today. */
  Reach ever() {
    return new Reach(EVER, last);
  }

  /** Of a value {@code days} ago, or ahead if negative. */
  Reach shift(int days) {
    return new Reach(first == EVER ? EVER : first - days, last - days);
  }
}
