package io.windrow.cli.bench;

import io.windrow.quant.factor.FactorSet;
import java.util.Locale;

/** A factor set that can be measured. */
public enum FactorChoice {
  ALPHA158,
  ALPHA360;

  FactorSet set() {
    return switch (this) {
      case ALPHA158 -> FactorSet.alpha158();
      case ALPHA360 -> FactorSet.alpha360();
    };
  }

  /** As it is written in options and results. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
