package dev.retrospec.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.junit.jupiter.api.Test;

class RoutesTest {

  private static final List<Class<? extends Annotation>> VERBS =
      List.of(GET.class, POST.class, PUT.class, PATCH.class, DELETE.class);

  private final JavaClasses classes = new ClassFileImporter().importPackages("dev.retrospec.web");

  @Test
  void sayWhoMayCallThem() {
    List<JavaMethod> open =
        routes().stream()
            .filter(
                route ->
                    !route.isAnnotatedWith(Requires.class)
                        && !route.getOwner().isAnnotatedWith(Requires.class))
            .toList();

    assertThat(routes()).isNotEmpty();
    assertThat(open).as("without @Requires the door refuses everybody").isEmpty();
  }

  @Test
  void sayWhatTheyDoInTheDocumentation() {
    assertThat(routes().stream().filter(route -> !route.isAnnotatedWith(Operation.class)))
        .isEmpty();
  }

  private List<JavaMethod> routes() {
    return classes.stream()
        .filter(type -> type.isAnnotatedWith(Path.class))
        .flatMap(type -> type.getMethods().stream())
        .filter(method -> VERBS.stream().anyMatch(method::isAnnotatedWith))
        .toList();
  }
}
