package io.windrow.cli.bench;

import java.time.Duration;

/**
 * What a client asks of the API.
 *
 * @param name as it is told: the address with placeholders
 * @param address the whole of it
 * @param first whether the answer is a stream of events, of which the first is waited for
 * @param pause before each time it is asked: longer than what is counted for all is shared
 */
record ApiQuestion(String name, String address, boolean first, Duration pause) {

  static ApiQuestion of(String name, String address) {
    return new ApiQuestion(name, address, false, Duration.ZERO);
  }

  /** Of a stream of events. */
  ApiQuestion firstEvent() {
    return new ApiQuestion(name, address, true, pause);
  }

  /** With so long a pause that nothing is left of what the one before had counted. */
  ApiQuestion anew(Duration afterwards) {
    return new ApiQuestion(name + " (counted anew)", address, first, afterwards);
  }
}
