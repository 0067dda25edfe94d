package io.windrow.quant.factor.expression;

import org.jspecify.annotations.Nullable;

/**
 * A field of an instrument.
 *
 * @param instrument symbol of the instrument, null for the one that an expression is evaluated for
 * @param field name of the field, without {@code $}
 */
public record Feature(@Nullable String instrument, String field) {

  @Override
  public String toString() {
    return instrument == null
        ? "$" + field
        : "ChangeInstrument(\"" + instrument + "\",$" + field + ")";
  }
}
