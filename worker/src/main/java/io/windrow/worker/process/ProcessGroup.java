package io.windrow.worker.process;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A command with everything it has started. Its leader is a session of its own, so one signal
 * reaches all of its group; what has left the group is found by a variable that every descendant
 * inherits (where there is a {@code /proc}).
 */
public final class ProcessGroup {
  /** Holds the attempt's token in the environment of every descendant. */
  public static final String VARIABLE = "WINDROW_ATTEMPT";

  private static final int TERM = 15;
  private static final int KILL = 9;
  private static final int NONE = 0;
  private static final int MAX_SWEEPS = 50;
  private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();
  private static final Path PROC = Path.of("/proc");

  /** The C library's. */
  interface Posix extends Library {
    /** A negative id means the group; 0 if at least one process was signalled. */
    int kill(int id, int signal);
  }

  private static final class Holder {
    private static final Posix POSIX = Native.load("c", Posix.class);
  }

  private final ProcessHandle leader;
  private final String token;

  /**
   * @param leader started as the leader of a new session
   * @param token value of {@link #VARIABLE} in its environment
   */
  public ProcessGroup(Process leader, String token) {
    // Not the process itself, whose destroy() closes the streams before they are read to the end.
    this.leader = leader.toHandle();
    this.token = token;
  }

  /**
   * Asks all of it to end, waits for so long, and ends by force what is left.
   *
   * @param urgent whether there is no time to wait
   */
  void end(Duration grace, BooleanSupplier urgent) {
    if (!signal(TERM)) {
      leader.destroy(); // it has not become a session's leader yet
    }
    long begin = System.nanoTime();
    while (!urgent.getAsBoolean()
        && System.nanoTime() - begin < grace.toNanos()
        && (leader.isAlive() || signal(NONE))) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    kill();
  }

  /** Ends by force whatever there is. */
  public void kill() {
    signal(KILL);
    leader.destroyForcibly();
    // Whoever forks meanwhile is found by the next sweep.
    for (int sweep = 0; sweep < MAX_SWEEPS && killStrays(); sweep++) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private boolean signal(int signal) {
    return Holder.POSIX.kill(-Math.toIntExact(leader.pid()), signal) == 0;
  }

  /** Whether there was any. */
  private boolean killStrays() {
    List<Path> strays;
    try (Stream<Path> all = Files.list(PROC)) {
      strays = all.filter(this::isOurs).toList();
    } catch (IOException e) {
      return false; // no /proc here
    }
    strays.forEach(
        each -> {
          int unused =
              Holder.POSIX.kill(Integer.parseInt(String.valueOf(each.getFileName())), KILL);
        });
    return !strays.isEmpty();
  }

  private boolean isOurs(Path process) {
    if (!Character.isDigit(String.valueOf(process.getFileName()).charAt(0))) {
      return false;
    }
    try {
      byte[] environment = Files.readAllBytes(process.resolve("environ"));
      return new String(environment, StandardCharsets.ISO_8859_1).contains(VARIABLE + "=" + token);
    } catch (IOException e) {
      return false; // another user's, or gone
    }
  }
}
