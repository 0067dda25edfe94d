package io.windrow.quant.factor.expression;

/** The fields of an instrument, and of others, over the days that an expression asks for. */
@FunctionalInterface
public interface Fields {

  /** The days and values that the field has in the range; an empty column if it has none. */
  Column field(Feature feature);
}
