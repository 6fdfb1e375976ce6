package dev.retrospec;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.ejb.Schedule;
import jakarta.persistence.EntityManager;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/** The layout of design/architecture.md, decided by a machine. */
@AnalyzeClasses(
    packages = "dev.retrospec",
    importOptions = {ImportOption.DoNotIncludeTests.class, ImportOption.DoNotIncludeJars.class})
class ArchitectureTest {

  private static final String ROOT = "dev.retrospec.";

  /** A feature may use lower ranks only, never its own. */
  private static final Map<String, Integer> RANKS =
      Map.ofEntries(
          Map.entry("platform", 0),
          Map.entry("ids", 0),
          Map.entry("projects", 1),
          Map.entry("access", 2),
          Map.entry("privacy", 2),
          Map.entry("artifacts", 2),
          Map.entry("jobs", 2),
          Map.entry("retention", 2),
          Map.entry("signatures", 2),
          Map.entry("assets", 3),
          Map.entry("notifications", 3),
          Map.entry("patterns", 3),
          Map.entry("recordings", 3),
          Map.entry("servererrors", 3),
          Map.entry("sourcemaps", 3),
          Map.entry("sessions", 4),
          Map.entry("snapshots", 4),
          Map.entry("issues", 5),
          Map.entry("replays", 5),
          Map.entry("reports", 5),
          Map.entry("recommendations", 5),
          Map.entry("ingest", 6),
          Map.entry("alerts", 6),
          Map.entry("inspection", 6),
          Map.entry("tickets", 6),
          Map.entry("testruns", 6));

  @ArchTest
  static final ArchRule featuresUseLowerRanksOnly =
      classes()
          .should(useLowerRanksOnly())
          .because(
              "a feature that can be read from the bottom up can be changed from the top down");

  @ArchTest
  static final ArchRule timeComesFromTheInjectedClock =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.retrospec.platform.time..")
          .should()
          .callMethodWhere(
              target(are(nameMatching("now|currentTimeMillis|systemUTC|systemDefaultZone")))
                  .and(
                      target(
                          owner(
                              resideInAPackage("java.time..")
                                  .or(name("java.lang.System").forSubtype())))))
          .because("a test must be able to set the time");

  @ArchTest
  static final ArchRule nothingSleeps =
      noClasses()
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .because("waiting is a condition with a deadline");

  @ArchTest
  static final ArchRule namesSayWhatAThingIs =
      noClasses()
          .should()
          .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl|DTO|Dto|Service)")
          .because("such a suffix says that nobody has found out what the class is");

  @ArchTest
  static final ArchRule persistenceStandsInRepositoriesAndQueries =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.retrospec.platform..")
          .and()
          .haveNameNotMatching(".*(s|Inspection|Sql|Timeline|Data|Spool)")
          .should()
          .callMethodWhere(
              target(owner(assignableTo(Jdbi.class).or(assignableTo(EntityManager.class)))))
          .because(
              "a repository is a plural noun, a read side is Queries, Inspection or Timeline, and a"
                  + " use case asks them");

  @ArchTest
  static final ArchRule timersOnlyTranslate =
      methods()
          .that()
          .areAnnotatedWith(Schedule.class)
          .should()
          .beDeclaredInClassesThat()
          .haveSimpleNameEndingWith("Timer")
          .because("a timer is one method that calls one use case");

  @ArchTest
  static final ArchRule rulesArePure =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.retrospec.privacy..",
              "dev.retrospec.issues.clustering..",
              "dev.retrospec.signatures",
              "dev.retrospec.signatures.text..",
              "dev.retrospec.signatures.stacks..",
              "dev.retrospec.sourcemaps.symbols..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta..", "org.jdbi..", "java.sql..")
          .because("rules are tested in milliseconds");

  @ArchTest
  static final ArchRule technologyStaysBehindItsPort =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.retrospec.artifacts.s3..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("software.amazon..")
          .because("the object store is a port with one adapter");

  @ArchTest
  static final ArchRule theCoreKnowsNoEdges =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.retrospec.web..",
              "dev.retrospec.workers..",
              "jakarta.ws.rs..",
              "jakarta.servlet..",
              "jakarta.faces..",
              "com.microsoft.playwright..")
          .because("web and workers are adapters to the core, not the other way round");

  private static ArchCondition<JavaClass> useLowerRanksOnly() {
    return new ArchCondition<>("use features of a lower rank only") {
      @Override
      public void check(JavaClass origin, ConditionEvents events) {
        String feature = feature(origin);
        Integer rank = RANKS.get(feature);
        if (rank == null) {
          events.add(
              SimpleConditionEvent.violated(origin, origin.getName() + " is in no known feature"));
          return;
        }
        origin.getDirectDependenciesFromSelf().stream()
            .filter(dependency -> dependency.getTargetClass().getName().startsWith(ROOT))
            .filter(dependency -> !feature(dependency.getTargetClass()).equals(feature))
            .filter(
                dependency -> RANKS.getOrDefault(feature(dependency.getTargetClass()), 99) >= rank)
            .filter(dependency -> rank > 0 || !feature(dependency.getTargetClass()).equals("ids"))
            .forEach(
                dependency ->
                    events.add(SimpleConditionEvent.violated(origin, dependency.getDescription())));
      }
    };
  }

  private static String feature(JavaClass type) {
    String rest = type.getPackageName() + ".";
    return rest.startsWith(ROOT)
        ? rest.substring(ROOT.length(), rest.indexOf('.', ROOT.length()))
        : "";
  }
}
