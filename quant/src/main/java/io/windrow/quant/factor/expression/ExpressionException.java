package io.windrow.quant.factor.expression;

/** An expression that cannot be understood. The message says what is wrong and where. */
public class ExpressionException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  public ExpressionException(String message) {
    super(message);
  }
}
