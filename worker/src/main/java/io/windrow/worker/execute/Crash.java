package io.windrow.worker.execute;

import com.sun.jna.Function;
import com.sun.jna.Pointer;
import java.util.Arrays;
import java.util.Locale;

/** Ways for a process to die, for tests. */
enum Crash {
  /** Reads at an address that is not there, as a native library with an error does. */
  SEGV {
    @Override
    void run() {
      byte unused = new Pointer(8).getByte(0);
    }
  },
  /** As a native library does that has found an error in itself. */
  ABORT {
    @Override
    void run() {
      Function.getFunction("c", "abort").invokeVoid(new Object[0]);
    }
  },
  /** Asks for more memory than any heap has. */
  OOM {
    @Override
    void run() {
      long[][] all = new long[Integer.MAX_VALUE >> 3][];
      for (int i = 0; i < all.length; i++) {
        all[i] = new long[1 << 20];
      }
      throw new AssertionError("there was memory for " + all.length + " blocks");
    }
  },
  /** Ends without a word. */
  EXIT {
    @Override
    void run() {
      Runtime.getRuntime().halt(7);
    }
  };

  abstract void run();

  static Crash of(String wish) {
    return Arrays.stream(values())
        .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(wish))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "noop.crash is '" + wish + "': use segv, abort, oom or exit"));
  }
}
