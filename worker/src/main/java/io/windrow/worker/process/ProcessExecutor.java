package io.windrow.worker.process;

import io.windrow.experiment.ArtifactStore;
import io.windrow.quant.data.DataRoots;
import io.windrow.quant.definition.DateRange;
import io.windrow.quant.definition.Problem;
import io.windrow.quant.definition.Section;
import io.windrow.quant.run.Cancellation;
import io.windrow.quant.run.RunRecorder;
import io.windrow.task.FailureKind;
import io.windrow.task.Outcome;
import io.windrow.worker.execute.ClassifiedFailure;
import io.windrow.worker.execute.TaskExecutor;
import io.windrow.worker.execute.Work;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs a command that the worker's configuration declares and a definition names:
 *
 * <pre>process: {command: train}</pre>
 *
 * A definition never holds a command line or a path of a program. docs/process-tasks.md has the
 * protocol.
 *
 * <p>Exit codes: 0 is done. 64, 65 and 78 (usage, data and configuration errors in BSD's {@code
 * sysexits.h}) fail the task for good. All others, and an end by a signal, cost an attempt; a crash
 * and a kill for want of memory are classes of their own in its history.
 */
public final class ProcessExecutor implements TaskExecutor {
  /** What the command wrote for people. */
  static final String LOG = "process.log";

  private static final Logger log = LoggerFactory.getLogger(ProcessExecutor.class);
  private static final String KEY = "process";
  private static final String MODULE = "windrow_task.py";
  private static final String MODULE_FOLDER = ".windrow";
  private static final Set<Integer> FATAL = Set.of(64, 65, 78);
  private static final int LOG_END = 1_500;
  private static final int LOG_TAIL = 4_000;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ProcessSettings settings;
  private final DataRoots roots;
  private final EarlierStages earlier;
  private final byte[] module;

  /**
   * @param roots where a task's data may lie
   * @param artifacts of earlier stages
   * @throws IllegalArgumentException if this machine cannot run the commands
   */
  public ProcessExecutor(ProcessSettings settings, List<Path> roots, ArtifactStore artifacts) {
    settings.check();
    this.settings = settings;
    this.roots = new DataRoots(roots);
    this.earlier = new EarlierStages(artifacts);
    this.module = module();
    if (!settings.keepFolders()) {
      WorkFolder.sweep(settings.folder());
    }
  }

  /** Whether a definition is for this executor, whatever else is in it. */
  public static boolean isFor(Map<String, Object> definition) {
    return definition.containsKey(KEY);
  }

  @Override
  public String name() {
    return "process";
  }

  @Override
  public boolean accepts(Map<String, Object> definition) {
    return isFor(definition);
  }

  @Override
  public Map<String, Double> execute(Work work, RunRecorder recorder, Cancellation cancellation)
      throws IOException, InterruptedException, CommandFailed, ClassifiedFailure {
    Map<String, Object> definition = work.definition();
    String name = commandName(definition);
    CommandSettings command = settings.commands().get(name);
    if (command == null) {
      throw new CommandRefused(
          "this worker declares no command '"
              + name
              + "', it has "
              + settings.names()
              + ": declare windrow.worker.process.commands."
              + name
              + " on all workers of the queue, or use another queue");
    }
    Map<String, Object> task = new LinkedHashMap<>();
    task.put("protocol", EventParser.PROTOCOL);
    task.put("attempt", work.attempt());
    dataFolder(definition, task);
    task.put("definition", definition);
    if (!work.stage().isEmpty()) {
      task.put("stage", work.stage());
      task.put("stages", EarlierStages.describe(work.earlier()));
    }
    AttemptLog text = new AttemptLog(Math.toIntExact(command.limits().log().toBytes()));
    long begin = System.nanoTime();
    WorkFolder folder = WorkFolder.create(settings.folder(), settings.keepFolders());
    LiveLog live = LiveLog.start(text, recorder, LOG);
    try (folder) {
      boolean predicted = earlier.lay(work.earlier(), folder, command.limits());
      Deliveries deliveries =
          new Deliveries(folder, command.limits(), testSegment(definition), recorder);
      Conversation conversation = new Conversation(command.limits(), deliveries, recorder, text);
      int code =
          new Attempt(command, settings.grace(), conversation, text)
              .run(folder.path(), environment(command, folder.path()), line(task), cancellation);
      judge(name, code, conversation, text);
      requirePredictions(definition, predicted || deliveries.predicted());
      Map<String, Double> metrics = new LinkedHashMap<>(conversation.metrics());
      deliveries.analyse().forEach((key, value) -> put(metrics, recorder, key, value));
      put(metrics, recorder, "time.process", (System.nanoTime() - begin) / 1e9);
      return metrics;
    } finally {
      live.close();
      keep(text, recorder);
    }
  }

  private static void put(
      Map<String, Double> metrics, RunRecorder recorder, String name, double value) {
    recorder.metric(name, 0, value);
    metrics.put(name, value);
  }

  private static String commandName(Map<String, Object> definition) {
    if (definition.get(KEY) instanceof Map<?, ?> section
        && section.get("command") instanceof String name) {
      return name;
    }
    throw new CommandRefused("process.command must be the name of a command, such as 'train'");
  }

  private void dataFolder(Map<String, Object> definition, Map<String, Object> task) {
    if (definition.get("qlib_init") instanceof Map<?, ?> init
        && init.get("provider_uri") instanceof String uri) {
      task.put("data", roots.resolve(uri).toString());
    }
  }

  private static DateRange testSegment(Map<String, Object> definition) {
    List<Problem> problems = new ArrayList<>();
    DateRange test =
        Section.root(definition, problems)
            .optionalSection("dataset")
            .optionalSection("kwargs")
            .optionalSection("segments")
            .range("test")
            .orElse(DateRange.ALL);
    if (!problems.isEmpty()) {
      throw new CommandRefused(problems.get(0).toString());
    }
    return test;
  }

  private Map<String, String> environment(CommandSettings command, Path folder) throws IOException {
    Map<String, String> environment = new LinkedHashMap<>();
    for (String name : settings.inherit()) {
      String value = System.getenv(name);
      if (value != null) {
        environment.put(name, value);
      }
    }
    environment.put("HOME", folder.toString());
    environment.put("TMPDIR", folder.toString());
    environment.putAll(command.environment());
    Path modules = Files.createDirectory(folder.resolve(MODULE_FOLDER));
    Files.write(modules.resolve(MODULE), module);
    environment.merge("PYTHONPATH", modules.toString(), (theirs, ours) -> ours + ":" + theirs);
    return environment;
  }

  private static byte[] line(Map<String, Object> task) {
    return (JSON.writeValueAsString(task) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static void judge(String name, int code, Conversation conversation, AttemptLog text)
      throws CommandFailed, ClassifiedFailure {
    String reason = conversation.failure();
    if (code == 0 && !conversation.lacksResult()) {
      return;
    }
    String message =
        "command '"
            + name
            + "' ended with exit code "
            + code
            + Signal.of(code).map(ProcessExecutor::meaning).orElse("")
            + (code == 0 ? " but without a result" : "")
            + (reason == null ? "" : ": " + reason)
            + (text.end(1).isEmpty() ? "" : "\nend of its log:\n" + text.end(LOG_END));
    if (FATAL.contains(code)) {
      throw new CommandRefused(message);
    }
    Optional<Signal> signal = Signal.of(code);
    if (signal.isPresent()) {
      throw new ClassifiedFailure(
          new Outcome.Failed(
              FailureKind.RETRYABLE, signal.get().errorClass(), message, text.end(LOG_TAIL)));
    }
    throw new CommandFailed(message);
  }

  private static String meaning(Signal signal) {
    return signal == Signal.SIGKILL
        ? ", so by SIGKILL, most likely of the system because memory had run out: give the machine"
            + " or the container more, or the worker fewer slots"
        : ", so by " + signal + ", most likely in a native library";
  }

  /** Without them the collection of this window would only lack them later. */
  private static void requirePredictions(Map<String, Object> definition, boolean predicted) {
    boolean promised =
        Section.root(definition, new ArrayList<>()).sections("record").stream()
            .map(record -> String.valueOf(record.raw("class")))
            .anyMatch(type -> type.substring(type.lastIndexOf('.') + 1).equals("SignalRecord"));
    if (promised && !predicted) {
      throw new ProtocolException(
          "the task has a SignalRecord, but its command handed over neither pred.csv nor"
              + " pred.arrow");
    }
  }

  /** A log that cannot be stored must not hide how the attempt ended. */
  private static void keep(AttemptLog text, RunRecorder recorder) {
    byte[] bytes = text.bytes();
    if (bytes.length == 0) {
      return;
    }
    try {
      recorder.artifact(LOG, bytes);
    } catch (RuntimeException e) {
      log.atWarn().addKeyValue("error", e.toString()).log("log of the command not stored");
    }
  }

  private static byte[] module() {
    try (InputStream in = ProcessExecutor.class.getResourceAsStream("/python/" + MODULE)) {
      if (in == null) {
        throw new IllegalStateException("the worker's jar lacks python/" + MODULE);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
