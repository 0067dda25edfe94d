package io.windrow.cli;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.windrow.store.StoreClock;
import java.time.Clock;
import java.time.temporal.Temporal;
import java.util.Date;

/** No role goes by its machine's clock, which may be wrong. The rule has been seen to fail. */
@AnalyzeClasses(packages = "io.windrow", importOptions = ImportOption.DoNotIncludeTests.class)
class OneClockTest {

  @ArchTest
  static final ArchRule THE_ROLES_GO_BY_THE_STORES_CLOCK =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.windrow.task..",
              "io.windrow.pool..",
              "io.windrow.store..",
              "io.windrow.message..",
              "io.windrow.experiment..",
              "io.windrow.coordinator..",
              "io.windrow.worker..",
              "io.windrow.collector..")
          .and()
          .doNotBelongToAnyOf(StoreClock.class) // compares the two, for a warning
          .should()
          .callMethodWhere(
              target(nameMatching("now")).and(target(owner(assignableTo(Temporal.class)))))
          .orShould()
          .callMethodWhere(
              target(nameMatching("system.*|tick.*"))
                  .and(target(owner(JavaClass.Predicates.type(Clock.class)))))
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callConstructor(Date.class);
}
