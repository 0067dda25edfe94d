package io.windrow.quant.factor.expression;

import java.util.List;

/** A part of an expression. */
sealed interface Node {

  /** A number. */
  record Literal(double value) implements Node {

    @Override
    public String toString() {
      return value == Math.rint(value) && Math.abs(value) < 1e15
          ? Long.toString((long) value)
          : Double.toString(value);
    }
  }

  /** The symbol of an instrument, in quotes. */
  record Symbol(String value) implements Node {}

  /** A part that has a value each day. It prints as a call, in which equal parts print the same. */
  sealed interface Daily extends Node permits Field, Pointwise, Shifted, Windowed {

    /** The parts that it is computed from. */
    List<Daily> inputs();

    /** What is done with the inputs: equal if the same inputs give the same values. */
    Object operation();

    Precision precision();

    /** How many days are loaded for it, as Qlib counts. */
    Extent extent();

    /** The days on which it truly depends. */
    Reach reach();

    /**
     * Whether a value is the same, to the bit, however many more days than {@link #extent} are
     * loaded.
     */
    boolean settled();

    /** The same of another instrument, but for what already is of a certain one. */
    Daily on(String instrument);
  }

  /** {@code $name}. */
  record Field(Feature feature) implements Daily {

    @Override
    public List<Daily> inputs() {
      return List.of();
    }

    @Override
    public Object operation() {
      return feature;
    }

    @Override
    public Precision precision() {
      return Precision.SINGLE;
    }

    @Override
    public Extent extent() {
      return Extent.TODAY;
    }

    @Override
    public Reach reach() {
      return Reach.TODAY;
    }

    @Override
    public boolean settled() {
      return true;
    }

    @Override
    public Daily on(String instrument) {
      return feature.instrument() == null
          ? new Field(new Feature(instrument, feature.field()))
          : this;
    }

    @Override
    public String toString() {
      return feature.toString();
    }
  }
}
