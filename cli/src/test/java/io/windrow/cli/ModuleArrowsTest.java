package io.windrow.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which module may know which. Each rule has been seen to fail. */
@AnalyzeClasses(packages = "io.windrow", importOptions = ImportOption.DoNotIncludeTests.class)
class ModuleArrowsTest {
  private static final String[] COMMON = {
    "io.windrow.task..",
    "io.windrow.pool..",
    "io.windrow.message..",
    "io.windrow.experiment..",
    "io.windrow.embedded..",
    "io.windrow.startup..",
    "io.windrow.failpoint.."
  };

  @ArchTest
  static final ArchRule COORDINATOR_KNOWS_NO_OTHER_ROLE =
      noClasses()
          .that()
          .resideInAPackage("io.windrow.coordinator..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.windrow.worker..", "io.windrow.collector..", "io.windrow.cli..");

  @ArchTest
  static final ArchRule WORKER_KNOWS_NO_OTHER_ROLE =
      noClasses()
          .that()
          .resideInAPackage("io.windrow.worker..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.windrow.coordinator..", "io.windrow.collector..", "io.windrow.cli..");

  @ArchTest
  static final ArchRule COLLECTOR_KNOWS_NO_OTHER_ROLE =
      noClasses()
          .that()
          .resideInAPackage("io.windrow.collector..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.windrow.coordinator..", "io.windrow.worker..", "io.windrow.cli..");

  @ArchTest
  static final ArchRule QUANT_IS_A_PLAIN_LIBRARY =
      noClasses()
          .that()
          .resideInAPackage("io.windrow.quant..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka..",
              "com.mongodb..",
              "org.bson..",
              "org.springframework..",
              "reactor..")
          .orShould()
          .dependOnClassesThat(
              resideInAPackage("io.windrow..").and(not(resideInAPackage("io.windrow.quant.."))));

  @ArchTest
  static final ArchRule COMMON_KNOWS_NEITHER_WEB_NOR_RESEARCH_NOR_ROLES =
      noClasses()
          .that()
          .resideInAnyPackage(COMMON)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.springframework.web..",
              "org.springframework.http..",
              "io.windrow.web..",
              "io.windrow.quant..",
              "io.windrow.coordinator..",
              "io.windrow.worker..",
              "io.windrow.collector..",
              "io.windrow.cli..");

  @ArchTest
  static final ArchRule WEB_CONVENTIONS_KNOW_NO_ROLE_AND_NO_RESEARCH =
      noClasses()
          .that()
          .resideInAPackage("io.windrow.web..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.windrow.quant..",
              "io.windrow.coordinator..",
              "io.windrow.worker..",
              "io.windrow.collector..",
              "io.windrow.cli..");

  @ArchTest
  static final ArchRule ONLY_THE_COMMAND_EMBEDS_SERVERS =
      classes()
          .that()
          .resideInAPackage("io.windrow.embedded..")
          .should()
          .onlyHaveDependentClassesThat()
          .resideInAnyPackage("io.windrow.embedded..", "io.windrow.cli..");

  @ArchTest
  static final ArchRule ONLY_TESTS_ARM_FAIL_POINTS =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.windrow.failpoint..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("io.windrow.failpoint.FailPoints");

  @ArchTest
  static final ArchRule THE_CLIENT_COMMANDS_KNOW_THE_SERVICES_BY_HTTP_ONLY =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.windrow.cli.client..",
              "io.windrow.cli.submission..",
              "io.windrow.cli.collection..",
              "io.windrow.cli.experiment..",
              "io.windrow.cli.report..",
              "io.windrow.cli.terminal..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.springframework..",
              "org.apache.kafka..",
              "com.mongodb..",
              "io.windrow.coordinator..",
              "io.windrow.worker..",
              "io.windrow.collector..");
}
