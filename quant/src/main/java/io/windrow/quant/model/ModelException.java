package io.windrow.quant.model;

/** A model that could not be trained or used for a reason outside of its definition. */
public final class ModelException extends RuntimeException {

  public ModelException(String message) {
    super(message);
  }

  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
