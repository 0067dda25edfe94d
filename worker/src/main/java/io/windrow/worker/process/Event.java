package io.windrow.worker.process;

import java.util.Map;

/** One line of the protocol, as a command writes it. */
sealed interface Event {

  /** The first one: which version the command speaks. */
  record Hello(int protocol) implements Event {}

  record Params(Map<String, String> values) implements Event {}

  /** Values of metrics at a step from 0. */
  record Metrics(int step, Map<String, Double> values) implements Event {}

  /** How far the command is, from 0 to 1. */
  record Progress(double fraction, String message) implements Event {}

  /** A file of the work folder, and the name to keep it under. */
  record Artifact(String path, String name) implements Event {}

  /** A sign of life. */
  record Heartbeat() implements Event {}

  /** The last one of a success. */
  record Result(Map<String, Double> metrics) implements Event {}

  /** The last one of a failure; the exit code says of which kind. */
  record Failure(String message) implements Event {}
}
