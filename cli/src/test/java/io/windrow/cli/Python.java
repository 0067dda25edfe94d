package io.windrow.cli;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.windrow.cli.cluster.LocalCluster;
import io.windrow.worker.WorkerApplication;
import java.io.IOException;
import java.nio.file.Path;
import org.springframework.context.ConfigurableApplicationContext;

/** What tests with Python commands need: the interpreter, and a worker that runs them. */
final class Python {
  private Python() {}

  /** Skips the test where there is none. */
  static void required() throws InterruptedException {
    assumeThat(run("-c", "import sys; sys.exit(sys.version_info < (3, 8))"))
        .as("python3 of version 3.8 or newer is not on the PATH: this test runs a Python command")
        .isZero();
  }

  /**
   * A worker for the process tasks of one queue.
   *
   * @param command the name it declares
   * @param script what the command runs
   * @param folder for work folders
   */
  static ConfigurableApplicationContext worker(
      LocalCluster cluster, Path data, String queue, String command, Path script, Path folder) {
    String declared = "--windrow.worker.process.commands." + command + ".command";
    return WorkerApplication.start(
        "--server.port=0",
        "--spring.mongodb.uri=" + cluster.mongodb(),
        "--spring.kafka.bootstrap-servers=" + cluster.kafka(),
        "--windrow.data.roots=" + data,
        "--windrow.worker.queues=" + queue,
        "--windrow.worker.executors=process",
        "--windrow.worker.process.folder=" + folder,
        declared + "[0]=python3",
        declared + "[1]=" + script);
  }

  private static int run(String... args) throws InterruptedException {
    String[] line = new String[args.length + 1];
    line[0] = "python3";
    System.arraycopy(args, 0, line, 1, args.length);
    try {
      return new ProcessBuilder(line).start().waitFor();
    } catch (IOException e) {
      return -1; // there is none
    }
  }
}
