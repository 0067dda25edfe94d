package io.windrow.quant.data.health;

/** How bad a finding is. */
public enum Severity {
  /** The data cannot be read, or cannot be true. */
  ERROR,
  /** May be true; worth a look. */
  WARNING
}
