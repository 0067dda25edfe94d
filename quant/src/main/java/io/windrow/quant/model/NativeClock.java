package io.windrow.quant.model;

import com.sun.jna.Library;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How long this JVM has been inside LightGBM and XGBoost. Reading the clock twice a call costs
 * nothing beside the call: a training makes a few each round.
 */
public final class NativeClock {

  private static final Map<String, LongAdder> NANOS = new ConcurrentHashMap<>();

  private NativeClock() {}

  /** Seconds in each function of the libraries so far, of all threads, by its name in C. */
  public static Map<String, Double> seconds() {
    Map<String, Double> seconds = new TreeMap<>();
    NANOS.forEach((function, nanos) -> seconds.put(function, nanos.sum() / 1e9));
    return seconds;
  }

  /** The same library, whose calls are timed. */
  static <T extends Library> T watch(Class<T> type, T library) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, function, arguments) -> call(library, function, arguments)));
  }

  private static Object call(Library library, Method function, Object[] arguments)
      throws Throwable {
    long begin = System.nanoTime();
    try {
      return function.invoke(library, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    } finally {
      NANOS
          .computeIfAbsent(function.getName(), name -> new LongAdder())
          .add(System.nanoTime() - begin);
    }
  }
}
