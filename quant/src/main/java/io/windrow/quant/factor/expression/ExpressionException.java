package io.windrow.quant.factor.expression;

import java.util.OptionalInt;

/** An expression that cannot be understood. The message says what is wrong and where. */
public class ExpressionException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private static final int NOWHERE = -1;

  private final int position;

  public ExpressionException(String message) {
    this(message, NOWHERE);
  }

  ExpressionException(String message, int position) {
    super(message);
    this.position = position;
  }

  /** Index of the character at fault, if it is one. */
  public OptionalInt position() {
    return position == NOWHERE ? OptionalInt.empty() : OptionalInt.of(position);
  }
}
