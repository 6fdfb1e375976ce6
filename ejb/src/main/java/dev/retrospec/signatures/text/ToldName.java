package dev.retrospec.signatures.text;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names that engines tell in their messages, as far as all of them tell the same. */
final class ToldName {

  private static final Pattern ITEM = Pattern.compile("^\\d+$|]$");

  private ToldName() {}

  static String nothing(@Nullable String property) {
    return "no object to take " + (property == null ? "a property" : item(property)) + " of";
  }

  /** Engines tell an item's index, or the expression that gave it. */
  static String item(String property) {
    return switch (property) {
      case "Symbol.iterator" -> "a property";
      default -> ITEM.matcher(property).find() ? "an item" : property;
    };
  }

  static @Nullable String first(MatchResult found) {
    return found.group(1) != null ? found.group(1) : found.group(2);
  }

  /** {@code cart.items[0].total} → {@code total}: engines differ in how much of it they tell. */
  static String property(String path) {
    String bare = path.endsWith("(...)") ? path.substring(0, path.length() - 5) : path;
    int call = bare.indexOf('(');
    String called = call > 0 && bare.endsWith(")") ? bare.substring(0, call) : bare;
    return called.substring(called.lastIndexOf('.') + 1);
  }

  static String value(String name) {
    return switch (name) {
      case "undefined", "null", "object", "function", "number", "boolean" -> "a value";
      default -> name;
    };
  }

  /** JavaScriptCore quotes what stands around: {@code ...item of items...}. */
  static String iterated(String near) {
    String last = near.strip();
    last = last.substring(last.lastIndexOf(' ') + 1);
    boolean called = near.endsWith(")") || near.contains("(");
    return called
        ? property(last) + " is not a function"
        : value(property(last.replaceAll("[^\\w$.]", ""))) + " is not iterable";
  }
}
