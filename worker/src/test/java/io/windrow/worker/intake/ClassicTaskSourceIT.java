package io.windrow.worker.intake;

class ClassicTaskSourceIT extends TaskSourceContract {
  ClassicTaskSourceIT() {
    super(TaskSources.Kind.CLASSIC);
  }
}
