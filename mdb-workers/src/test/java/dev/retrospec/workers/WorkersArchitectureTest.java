package dev.retrospec.workers;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.ejb.MessageDriven;

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
