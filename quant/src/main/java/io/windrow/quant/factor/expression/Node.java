package io.windrow.quant.factor.expression;

import java.util.Set;

/** A part of an expression. */
sealed interface Node {

  /** A number. */
  record Literal(double value) implements Node {}

  /** A part that has a value each day. */
  non-sealed interface Daily extends Node {

    Column evaluate(Fields fields);

    /**
     * Whether its values are of single precision. Qlib's bars are, and so is what is computed from
     * them day by day; statistics over a window are of double precision. The same roundings give
     * the same factors to the last bit.
     */
    boolean single();

    Extent extent();

    void collectFields(Set<String> names);
  }

  /** {@code $name}. */
  record Field(String name) implements Daily {

    @Override
    public Column evaluate(Fields fields) {
      return fields.field(name);
    }

    @Override
    public boolean single() {
      return true;
    }

    @Override
    public Extent extent() {
      return Extent.TODAY;
    }

    @Override
    public void collectFields(Set<String> names) {
      names.add(name);
    }
  }
}
