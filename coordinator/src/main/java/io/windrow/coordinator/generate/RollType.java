package io.windrow.coordinator.generate;

/** How a segment moves from one window to the next. */
public enum RollType {
  /** The end moves, the start stays (Qlib's {@code ROLL_EX}). */
  EXPANDING,
  /** Both ends move (Qlib's {@code ROLL_SD}). */
  SLIDING
}
