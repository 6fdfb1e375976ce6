package dev.retrospec.web.faces;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.paging.Cursor;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The filters of a page as its address carries them; what is blank or holds NUL is absent. */
public final class Filters {

  private final String path;
  private final ProjectId project;
  private final Map<String, @Nullable String> values = new LinkedHashMap<>();

  public Filters(String path, ProjectId project) {
    this.path = path;
    this.project = project;
  }

  /** For {@code f:viewParam} to write to. */
  public Map<String, @Nullable String> getValues() {
    return values;
  }

  public @Nullable String get(String name) {
    String value = values.get(name);
    // No text in PostgreSQL holds NUL, so nothing could ever be found by it.
    return value == null || value.isBlank() || value.indexOf('\0') >= 0 ? null : value.strip();
  }

  public String or(String name, String absent) {
    String value = get(name);
    return value == null ? absent : value;
  }

  /** What is no number counts as absent; what is out of range becomes the nearest that is not. */
  public int integer(String name, int absent, int min, int max) {
    Double number = decimal(name, min, max);
    return number == null ? absent : number.intValue();
  }

  /** The same for a fraction. */
  public @Nullable Double decimal(String name, double min, double max) {
    String value = get(name);
    try {
      double number = value == null ? Double.NaN : Double.parseDouble(value);
      return Double.isNaN(number) ? null : Math.min(max, Math.max(min, number));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** One of these by its name; what is none of them counts as absent. */
  public <T> @Nullable T choice(String name, List<T> choices, Function<T, String> nameOf) {
    String value = get(name);
    for (T choice : choices) {
      if (nameOf.apply(choice).equals(value)) {
        return choice;
      }
    }
    return null;
  }

  /** Where the list goes on; an address that was cut off somewhere shows it from its beginning. */
  public @Nullable Cursor cursor() {
    String value = get("cursor");
    try {
      return value == null ? null : Cursor.parse(value);
    } catch (InvalidRequest e) {
      return null;
    }
  }

  /** Whether any of these is set. */
  public boolean has(String... names) {
    for (String name : names) {
      if (get(name) != null) {
        return true;
      }
    }
    return false;
  }

  /** The address with one filter set to something else; null or blank leaves it out. */
  public String with(String name, @Nullable String value) {
    Map<String, @Nullable String> changed = new LinkedHashMap<>(values);
    changed.put(name, value);
    if (!name.equals("cursor")) {
      // Another list has its own pieces.
      changed.remove("cursor");
    }
    return address(changed);
  }

  /** The address as it is. */
  public String here() {
    return address(values);
  }

  /** The address without any filter. */
  public String clear() {
    return address(Map.of());
  }

  private String address(Map<String, ? extends @Nullable String> parameters) {
    StringBuilder address =
        new StringBuilder(path).append("?project=").append(encoded(project.value()));
    parameters.forEach(
        (name, value) -> {
          if (value != null && !value.isBlank()) {
            address.append('&').append(name).append('=').append(encoded(value.strip()));
          }
        });
    return address.toString();
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
