package dev.retrospec.workers.moments;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an element's attributes say of waiting; null where they say nothing. */
final class ElementSigns {

  /** As the class names of common libraries and of people have it. */
  private static final Pattern WAITING =
      Pattern.compile(
          "(?i)(?<=^|[\\s_-])(?:spinner|loading|loader|busy|skeleton|throbber|progress(?:bar)?)"
              + "(?=$|[\\s_-])");

  private static final int MAX_WORD = 40;

  private String tag = "";
  private String className = "";
  private String handle = "";
  private @Nullable Boolean ariaBusy;
  private @Nullable Boolean waitingClass;
  private @Nullable Boolean hidden;

  private @Nullable Boolean value;
  private @Nullable Boolean valueNow;

  void tag(String name) {
    tag = name.toLowerCase(Locale.ROOT);
    if (tag.equals("progress")) {
      ariaBusy = true;
    }
  }

  /** The parser stands at an object of attributes. */
  void read(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "class" -> className(Values.text(parser));
        case "aria-busy" -> ariaBusy = "true".equals(Values.text(parser));
        case "role" -> {
          if ("progressbar".equals(Values.text(parser))) {
            ariaBusy = true;
          }
        }
        case "value" -> value = isThere(parser);
        case "aria-valuenow" -> valueNow = isThere(parser);
        case "hidden" -> hidden = isThere(parser);
        case "style" -> style(parser);
        case "id" -> handle = named("#", Values.text(parser), "");
        default -> {
          if (handle.isEmpty() && name.startsWith("data-") && name.length() <= MAX_WORD) {
            handle = "[" + name + "]";
          }
          parser.skipChildren();
        }
      }
    }
  }

  /** rrweb tells a removed attribute as null. */
  private static boolean isThere(JsonParser parser) throws IOException {
    boolean isThere = parser.currentToken() != JsonToken.VALUE_NULL;
    parser.skipChildren();
    return isThere;
  }

  private String named(String before, String value, String after) {
    return value.isEmpty() || value.length() > MAX_WORD ? handle : before + value + after;
  }

  private void className(String value) {
    Matcher word = WAITING.matcher(value);
    waitingClass = word.find();
    if (Boolean.TRUE.equals(waitingClass)) {
      className = wordAround(value, word.start());
    }
  }

  private static String wordAround(String value, int at) {
    for (String name : value.split("\\s+")) {
      if (value.indexOf(name) <= at && value.indexOf(name) + name.length() > at) {
        return name.length() <= MAX_WORD ? name : name.substring(0, MAX_WORD);
      }
    }
    return "";
  }

  private void style(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      String style = Values.text(parser).replace(" ", "");
      hidden = style.contains("display:none") || style.contains("visibility:hidden");
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean isDisplay = "display".equals(parser.currentName());
      parser.nextToken();
      String value = Values.text(parser);
      if (isDisplay) {
        hidden = value.equals("none");
      }
    }
  }

  /** Takes over what the other says and this does not. */
  void fillFrom(ElementSigns earlier) {
    tag = tag.isEmpty() ? earlier.tag : tag;
    handle = handle.isEmpty() ? earlier.handle : handle;
    className = className.isEmpty() ? earlier.className : className;
    ariaBusy = ariaBusy == null ? earlier.ariaBusy : ariaBusy;
    waitingClass = waitingClass == null ? earlier.waitingClass : waitingClass;
    hidden = hidden == null ? earlier.hidden : hidden;
    value = value == null ? earlier.value : value;
    valueNow = valueNow == null ? earlier.valueNow : valueNow;
  }

  /** Whether it tells to wait, or did, or is such that a page may make it do so. */
  boolean concernsWaiting() {
    return ariaBusy != null
        || Boolean.TRUE.equals(waitingClass)
        || tag.equals("button")
        || tag.equals("form");
  }

  boolean saysAnything() {
    return ariaBusy != null
        || waitingClass != null
        || hidden != null
        || value != null
        || valueNow != null;
  }

  boolean isWaiting() {
    boolean waits = Boolean.TRUE.equals(ariaBusy) || Boolean.TRUE.equals(waitingClass);
    return waits && !saysHowFar() && !Boolean.TRUE.equals(hidden);
  }

  /** A bar that knows its end measures something; it need not tell to wait. */
  private boolean saysHowFar() {
    return Boolean.TRUE.equals(valueNow) || (tag.equals("progress") && Boolean.TRUE.equals(value));
  }

  /** The element for people: {@code div.spinner}. */
  String name() {
    String element = tag.isEmpty() ? "element" : tag;
    if (!handle.isEmpty()) {
      return element + handle;
    }
    return className.isEmpty() ? element + "[aria-busy]" : element + "." + className;
  }
}
