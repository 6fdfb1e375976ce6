package dev.retrospec.projects;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.retrospec.platform.failure.InvalidRequest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What has to happen in a visit before any of it is sent.
 *
 * @param match {@code any} or {@code all} of the conditions
 */
public record Triggers(String match, List<Condition> conditions) {

  /** Each is asked at every click and request of every page. */
  static final int MAX_CONDITIONS = 50;

  /** Only the words of markers: a misspelt one would never be met, and nothing ever be sent. */
  private static final Set<String> MARKER_KINDS =
      Set.of("validation_failed", "api_error", "js_exception", "ui_no_effect");

  /**
   * @throws InvalidRequest when it can never be met
   */
  public Triggers {
    if (!"any".equals(match) && !"all".equals(match)) {
      throw new InvalidRequest("triggers.match must be any or all");
    }
    if (conditions.isEmpty() || conditions.size() > MAX_CONDITIONS) {
      throw new InvalidRequest("triggers.conditions must be 1 to " + MAX_CONDITIONS);
    }
    conditions = List.copyOf(conditions);
  }

  /**
   * One thing that has to happen; which fields it has, its type tells.
   *
   * @param type {@code url} with a pattern, {@code marker} with kind and perhaps subkind, {@code
   *     event} with a name, {@code user} with property and value
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Condition(
      String type,
      @Nullable String pattern,
      @Nullable String kind,
      @Nullable String subkind,
      @Nullable String name,
      @Nullable String property,
      @Nullable String value) {

    /**
     * @throws InvalidRequest when a field is missing, too long, or not of this type
     */
    public Condition {
      switch (type) {
        case "url" -> {
          require("pattern", pattern);
          forbid(type, kind, subkind, name, property, value);
        }
        case "marker" -> {
          require("kind", kind);
          if (!MARKER_KINDS.contains(kind)) {
            throw new InvalidRequest(
                "the kind of a marker must be validation_failed, api_error, js_exception or"
                    + " ui_no_effect");
          }
          if (subkind != null) {
            require("subkind", subkind);
          }
          forbid(type, pattern, name, property, value);
        }
        case "event" -> {
          require("name", name);
          forbid(type, pattern, kind, subkind, property, value);
        }
        case "user" -> {
          require("property", property);
          require("value", value);
          forbid(type, pattern, kind, subkind, name);
        }
        default ->
            throw new InvalidRequest("a condition's type must be url, marker, event or user");
      }
    }

    private static void require(String field, @Nullable String text) {
      if (text == null
          || text.isBlank()
          || text.length() > RecorderRules.MAX_ITEM_LENGTH
          || RecorderRules.hasControl(text)) {
        throw new InvalidRequest(
            "a condition needs "
                + field
                + ", 1 to "
                + RecorderRules.MAX_ITEM_LENGTH
                + " characters of text");
      }
    }

    private static void forbid(String type, @Nullable String... fields) {
      for (String field : fields) {
        if (field != null) {
          throw new InvalidRequest("a condition of type " + type + " has fields of another type");
        }
      }
    }
  }
}
