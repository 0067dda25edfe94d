package io.windrow.worker.isolate;

import io.windrow.task.FailureKind;
import io.windrow.task.Outcome;
import io.windrow.worker.execute.FailureClassifier;
import io.windrow.worker.process.Signal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the end of a process means that has not said how its attempt went. Another attempt may help
 * in any case.
 */
final class Death {
  /** Of a virtual machine that ends when its heap is used up. */
  private static final int OUT_OF_MEMORY = 3;

  /** As in {@code # SIGSEGV (0xb) at pc=0x00007f...}. */
  private static final Pattern REPORTED =
      Pattern.compile("^#\\s+(SIG[A-Z]+) \\(0x", Pattern.MULTILINE);

  /** What a virtual machine says that the system gives it no memory. */
  private static final String NO_MEMORY = "There is insufficient memory";

  private static final int MOST_LINES = 60;

  private Death() {}

  /**
   * Judges an end.
   *
   * @param code the exit code, 128 and the signal's number if a signal ended it
   * @param report what the virtual machine has written about its crash, if it could
   * @param heapMegabytes of the process
   * @param log the end of what it had printed
   */
  static Outcome.Failed judge(int code, Path report, long heapMegabytes, String log) {
    String summary = summary(report);
    String tail = summary.isEmpty() ? log : summary + "\n" + log;
    if (code == OUT_OF_MEMORY) {
      return failed(
          FailureClassifier.OUT_OF_MEMORY,
          "the process's heap of %d MB was not enough: raise windrow.worker.isolation.heap"
              .formatted(heapMegabytes),
          tail);
    }
    if (Signal.of(code).equals(Optional.of(Signal.SIGKILL)) || summary.contains(NO_MEMORY)) {
      return failed(
          FailureClassifier.OUT_OF_MEMORY,
          "the process found no memory, or was killed (SIGKILL), most likely by the system for the"
              + " same reason: give the machine or the container more, or lower"
              + " windrow.worker.isolation.heap or windrow.worker.slots",
          tail);
    }
    // A virtual machine that reports a crash ends with exit code 1.
    Matcher reported = REPORTED.matcher(summary);
    if (reported.find()) {
      return crashed(reported.group(1), tail);
    }
    Optional<Signal> signal = Signal.of(code);
    if (signal.isPresent()) {
      return crashed(signal.get().name(), tail);
    }
    return failed(
        FailureClassifier.PROCESS_ENDED,
        "the process ended with exit code " + code + ", without a result; the log may say why",
        tail);
  }

  private static Outcome.Failed crashed(String signal, String log) {
    return failed(
        FailureClassifier.NATIVE_CRASH,
        "the process was ended by %s, so most likely by a native library; the log says where"
            .formatted(signal),
        log);
  }

  private static Outcome.Failed failed(String errorClass, String message, String log) {
    return new Outcome.Failed(FailureKind.RETRYABLE, errorClass, message, log);
  }

  /** The head of the report and the frames of the thread that crashed. */
  private static String summary(Path report) {
    try {
      List<String> lines = Files.readAllLines(report, StandardCharsets.ISO_8859_1);
      return lines.stream()
          .filter(line -> line.matches("#.*\\w.*|[CJjVv] +[\\[\\d~].*"))
          .limit(MOST_LINES)
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      return ""; // it wrote none
    }
  }
}
