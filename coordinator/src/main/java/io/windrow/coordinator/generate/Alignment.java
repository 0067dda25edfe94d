package io.windrow.coordinator.generate;

/** Which trading day stands for a date that is none. */
public enum Alignment {
  /** The first trading day at or after the date. */
  START,
  /** The last trading day at or before the date. */
  END
}
