package io.windrow.message;

import java.util.regex.Pattern;

/** Names of the topics and groups. */
public final class Topics {
  private static final Pattern QUEUE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

  /** Finished tasks, keyed by task id. */
  public static final String RESULTS = "windrow.results";

  /** Records nobody could decode, with the reason. */
  public static final String DEAD_LETTER = "windrow.tasks.deadletter";

  private static final String TASKS = "windrow.tasks.";

  private Topics() {}

  /**
   * The topic of a queue; also the name of its share group.
   *
   * @throws IllegalArgumentException if the name is not lower-case letters, digits, dot, dash or
   *     underscore, at most 63, or would collide with the dead-letter topic
   */
  public static String tasks(String queue) {
    if (!isQueue(queue)) {
      throw new IllegalArgumentException(
          "queue '"
              + queue
              + "': use 1 to 63 of a-z 0-9 . _ - beginning with a letter or digit, not 'deadletter'");
    }
    return TASKS + queue;
  }

  /**
   * The classic consumer group of a queue. Share groups and classic groups have one name space, so
   * it lies outside of what a queue's name can give.
   */
  public static String classicGroup(String queue) {
    return "windrow.classic." + queue;
  }

  /** Whether a topic is one that announcements or results are sent to. */
  public static boolean carriesMessages(String topic) {
    return topic.equals(RESULTS)
        || (topic.startsWith(TASKS) && isQueue(topic.substring(TASKS.length())));
  }

  /** Whether a name can be a queue. */
  public static boolean isQueue(String name) {
    return QUEUE.matcher(name).matches() && !name.equals("deadletter");
  }
}
