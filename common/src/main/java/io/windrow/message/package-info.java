/** What travels over Kafka: the messages, their codec and the names of the topics. */
@NullMarked
package io.windrow.message;

import org.jspecify.annotations.NullMarked;
