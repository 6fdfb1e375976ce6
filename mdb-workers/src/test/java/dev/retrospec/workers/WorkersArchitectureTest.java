package dev.retrospec.workers;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.retrospec.jobs.JobKind;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import java.util.Arrays;

/** Workers translate a signal into one job, and keep away from the other edge. */
@AnalyzeClasses(
    packages = "dev.retrospec.workers",
    importOptions = {ImportOption.DoNotIncludeTests.class, ImportOption.DoNotIncludeJars.class})
class WorkersArchitectureTest {

  @ArchTest
  static final ArchRule listenersAreNamedForTheirJob =
      classes()
          .that()
          .areAnnotatedWith(MessageDriven.class)
          .should()
          .haveSimpleNameEndingWith("JobListener");

  @ArchTest
  static void eachKindOfWorkHasAListener(JavaClasses classes) {
    assertThat(
            classes.stream()
                .filter(one -> one.isAnnotatedWith(MessageDriven.class))
                .flatMap(
                    one ->
                        Arrays.stream(
                            one.reflect().getAnnotation(MessageDriven.class).activationConfig()))
                .filter(property -> property.propertyName().equals("destinationLookup"))
                .map(ActivationConfigProperty::propertyValue))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(JobKind.values())
                .map(kind -> "java:/jms/queue/" + kind.wireName())
                .toList());
  }

  @ArchTest
  static final ArchRule theEdgesDoNotKnowEachOther =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.retrospec.web..", "jakarta.ws.rs..", "jakarta.servlet..");

  @ArchTest
  static final ArchRule theEdgeKnowsNoStorage =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.jdbi..",
              "java.sql..",
              "javax.sql..",
              "jakarta.persistence..",
              "software.amazon..")
          .because("a worker asks the core, which asks a repository");

  @ArchTest
  static final ArchRule rulesArePure =
      noClasses()
          .that()
          .resideInAPackage("dev.retrospec.workers.analysis.heuristic..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jakarta.jms..")
          .because("rules are tested in milliseconds");
}
