package io.windrow.worker.process;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * One command that tasks may name.
 *
 * @param command the program and its arguments; no shell reads them
 * @param environment variables set for it, besides the inherited ones
 * @param timeOut longest run; then its processes are ended and the attempt has failed
 * @param silence longest time without a line of the protocol; null waits for ever
 * @param memory address space of each of its processes; null sets no limit
 * @param limits of what it may hand over
 */
public record CommandSettings(
    List<String> command,
    @DefaultValue Map<String, String> environment,
    @DefaultValue("12h") Duration timeOut,
    @Nullable Duration silence,
    @Nullable DataSize memory,
    @DefaultValue Limits limits) {

  public CommandSettings {
    command = command == null ? List.of() : List.copyOf(command);
    environment = Map.copyOf(environment);
    if (command.isEmpty() || command.get(0).isBlank()) {
      throw new IllegalArgumentException("command: name a program and its arguments");
    }
    positive("time-out", timeOut);
    positive("silence", silence);
    if (memory != null && memory.toKilobytes() < 1) {
      throw new IllegalArgumentException("memory: use at least 1KB, not " + memory);
    }
  }

  private static void positive(String key, @Nullable Duration value) {
    if (value != null && (value.isNegative() || value.isZero())) {
      throw new IllegalArgumentException(key + ": must be above 0, not " + value);
    }
  }
}
