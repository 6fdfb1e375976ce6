package dev.retrospec.web;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/** Resources and pages only translate: unwrap, call one use case, answer. */
@AnalyzeClasses(
    packages = "dev.retrospec.web",
    importOptions = {ImportOption.DoNotIncludeTests.class, ImportOption.DoNotIncludeJars.class})
class WebArchitectureTest {

  private static final int MAX_INJECTIONS = 4;

  @ArchTest
  static final ArchRule theEdgeKnowsNoStorage =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.jdbi..",
              "javax.sql..",
              "jakarta.persistence..",
              "jakarta.jms..",
              "software.amazon..")
          .because("an edge asks a use case or a query, which asks a repository");

  @ArchTest
  static final ArchRule theEdgesDoNotKnowEachOther =
      noClasses().should().dependOnClassesThat().resideInAPackage("dev.retrospec.workers..");

  @ArchTest
  static final ArchRule transactionsBeginInUseCases =
      noClasses().should().dependOnClassesThat().belongToAnyOf(Transactional.class);

  @ArchTest
  static final ArchRule backingBeansStaySmall =
      classes()
          .that()
          .haveSimpleNameEndingWith("Backing")
          .should(haveFewInjections())
          .allowEmptyShould(true)
          .because("a page that needs more does the work of a use case");

  @ArchTest
  static final ArchRule namesSayWhatAThingIs =
      noClasses()
          .should()
          .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl|DTO|Dto|Service)");

  private static ArchCondition<JavaClass> haveFewInjections() {
    return new ArchCondition<>("have at most " + MAX_INJECTIONS + " injections") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        long fields =
            type.getFields().stream().filter(field -> field.isAnnotatedWith(Inject.class)).count();
        long parameters =
            type.getConstructors().stream()
                .filter(constructor -> constructor.isAnnotatedWith(Inject.class))
                .mapToLong(constructor -> constructor.getRawParameterTypes().size())
                .sum();
        if (fields + parameters > MAX_INJECTIONS) {
          events.add(
              SimpleConditionEvent.violated(
                  type, type.getName() + " has " + (fields + parameters) + " injections"));
        }
      }
    };
  }
}
