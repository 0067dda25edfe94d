package io.windrow.message;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Messages to bytes and back: JSON, the only place where they are serialised. Thread-safe. */
public final class MessageCodec {
  /** A message is a few hundred bytes and some metrics; more is not ours. */
  private static final int MAX_BYTES = 256 * 1024;

  private final JsonMapper json =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          // A newer writer may add fields within the same schema version.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  public byte[] encode(TaskAnnounced message) {
    return json.writeValueAsBytes(message);
  }

  public byte[] encode(TaskFinished message) {
    return json.writeValueAsBytes(message);
  }

  /**
   * Reads an announcement.
   *
   * @throws UndecodableMessage with the reason, for whatever is not one
   */
  public TaskAnnounced announced(byte @Nullable [] bytes) throws UndecodableMessage {
    return decode(bytes, TaskAnnounced.class);
  }

  /**
   * Reads a result.
   *
   * @throws UndecodableMessage with the reason, for whatever is not one
   */
  public TaskFinished finished(byte @Nullable [] bytes) throws UndecodableMessage {
    return decode(bytes, TaskFinished.class);
  }

  private <T> T decode(byte @Nullable [] bytes, Class<T> type) throws UndecodableMessage {
    if (bytes == null || bytes.length == 0) {
      throw new UndecodableMessage("the record is empty");
    }
    if (bytes.length > MAX_BYTES) {
      throw new UndecodableMessage(
          "the record has " + bytes.length + " bytes, more than " + MAX_BYTES);
    }
    try {
      T message = json.readValue(bytes, type);
      if (message == null) {
        throw new UndecodableMessage("the record is null");
      }
      return message;
    } catch (JacksonException | NullPointerException e) {
      // A missing text field reaches the record's constructor as null.
      throw new UndecodableMessage("not a " + type.getSimpleName() + ": " + reason(e), e);
    }
  }

  private static String reason(Exception e) {
    String message =
        e instanceof JacksonException jackson ? jackson.getOriginalMessage() : "a field is missing";
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
