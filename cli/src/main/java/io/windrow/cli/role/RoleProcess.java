package io.windrow.cli.role;

import io.windrow.cli.cluster.StartFailure;
import io.windrow.cli.terminal.Logging;
import io.windrow.cli.terminal.Staying;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Model.CommandSpec;

/** Runs one role until the process is asked to end. */
final class RoleProcess {

  /** A role's {@code start}. */
  @FunctionalInterface
  interface Start {
    ConfigurableApplicationContext start(String... settings);
  }

  private RoleProcess() {}

  static int run(String role, Start start, List<String> settings, CommandSpec command)
      throws InterruptedException {
    Logging.service();
    List<String> all = new ArrayList<>(settings);
    // The process ends after the context is closed, so it closes the context itself.
    all.add("--spring.main.register-shutdown-hook=false");
    try (Staying staying = new Staying();
        ConfigurableApplicationContext context = started(role, start, all)) {
      PrintWriter out = command.commandLine().getOut();
      out.printf(
          "%s %s://127.0.0.1:%s%n",
          role,
          Ssl.isEnabled(context.getBean(ServerProperties.class).getSsl()) ? "https" : "http",
          context.getEnvironment().getRequiredProperty("local.server.port"));
      out.flush();
      staying.untilStopped();
    }
    return 0;
  }

  private static ConfigurableApplicationContext started(
      String role, Start start, List<String> settings) {
    try {
      return start.start(settings.toArray(String[]::new));
    } catch (RuntimeException e) {
      throw StartFailure.explain(role, "--port", e);
    }
  }
}
