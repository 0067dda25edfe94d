package io.windrow.web.idempotency;

/** How it stands with a request that has a key. */
sealed interface Begun {

  /**
   * It is the first: carry it out.
   *
   * @param owner proves that the entry is ours
   */
  record First(String owner) implements Begun {}

  /** The same request is being carried out. */
  record UnderWay() implements Begun {}

  /** The key is another request's. */
  record Another() implements Begun {}

  /** The same request was carried out, and this is what it was answered. */
  record Answered(Answer answer) implements Begun {}

  /**
   * The same, but the answer was too large to be kept, or a secret.
   *
   * @param status of HTTP
   */
  record AnswerNotKept(int status) implements Begun {}
}
