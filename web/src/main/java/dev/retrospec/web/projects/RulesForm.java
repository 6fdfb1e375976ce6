package dev.retrospec.web.projects;

import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.projects.RecorderRules;
import dev.retrospec.projects.RulesChange;
import dev.retrospec.projects.RulesChange.ConditionFields;
import dev.retrospec.projects.Triggers;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rules as people write them in a form: lists line by line, times in seconds, a condition as
 * one line such as {@code url /checkout/*}.
 */
final class RulesForm {

  /** A property, in quotes where it holds a sign of equality itself, and its value. */
  private static final Pattern USER = Pattern.compile("(?:\"(.*)\"\\s*|([^=]*))=(.*)");

  private RulesForm() {}

  /**
   * @param sent gives a field's text, blank for a switch that is off
   * @throws InvalidRequest when a number or a condition cannot be read
   */
  static RulesChange read(UnaryOperator<String> sent) {
    return new RulesChange(
        isOn(sent, "enabled"),
        share(sent.apply("samplePercent")),
        sent.apply("policy"),
        sent.apply("privacyLevel"),
        lines(sent.apply("privateSelectors")),
        lines(sent.apply("blockedSelectors")),
        lines(sent.apply("excludedPages")),
        milliseconds("the shortest visit", sent.apply("minDurationS")),
        milliseconds("the time after a failure", sent.apply("bufferAfterS")),
        new RulesChange.TriggersChange(
            sent.apply("match"),
            lines(sent.apply("conditions")).stream().map(RulesForm::condition).toList()),
        new RulesChange.RageChange(
            whole("the number of clicks", sent.apply("rageClicks")),
            whole("the distance", sent.apply("rageRadiusPx")),
            milliseconds("the time of rage clicks", sent.apply("rageWindowS"))),
        milliseconds("the time of a slow request", sent.apply("slowRequestS")),
        new RulesChange.NetworkChange(lines(sent.apply("detailUrls"))),
        isOn(sent, "canvas"),
        isOn(sent, "respectDoNotTrack"),
        isOn(sent, "respectGlobalPrivacyControl"));
  }

  /** The conditions as the form shows them, one per line. */
  static String conditions(RecorderRules rules) {
    Triggers triggers = rules.triggers();
    return triggers == null
        ? ""
        : triggers.conditions().stream().map(RulesForm::line).collect(Collectors.joining("\n"));
  }

  /** A number as a person writes it, to its last digit: the form is saved as it is shown. */
  static String plain(double number) {
    BigDecimal exact = new BigDecimal(number).round(new MathContext(12)).stripTrailingZeros();
    return exact.toPlainString();
  }

  private static String line(Triggers.Condition condition) {
    return condition.type()
        + " "
        + switch (condition.type()) {
          case "url" -> condition.pattern();
          case "event" -> condition.name();
          case "user" -> quoted(condition.property()) + " = " + condition.value();
          default ->
              condition.kind() + (condition.subkind() == null ? "" : " " + condition.subkind());
        };
  }

  /** A property that holds what ends it otherwise. */
  private static String quoted(@Nullable String property) {
    boolean isPlain = property == null || !property.contains("=") && !property.startsWith("\"");
    return isPlain ? "" + property : '"' + property + '"';
  }

  private static ConditionFields condition(String line) {
    String[] parts = line.split("\\s+", 2);
    String rest = parts.length < 2 ? null : parts[1];
    return switch (parts[0]) {
      case "url" -> new ConditionFields("url", rest, null, null, null, null, null);
      case "event" -> new ConditionFields("event", null, null, null, rest, null, null);
      case "marker" -> {
        String[] kinds = (rest == null ? "" : rest).split("\\s+", 2);
        String subkind = kinds.length < 2 ? null : kinds[1];
        yield new ConditionFields("marker", null, kinds[0], subkind, null, null, null);
      }
      case "user" -> {
        Matcher pair = USER.matcher(rest == null ? "" : rest);
        yield pair.matches()
            ? new ConditionFields(
                "user", null, null, null, null, property(pair), pair.group(3).strip())
            : new ConditionFields("user", null, null, null, null, rest, null);
      }
      default ->
          throw new InvalidRequest("“" + line + "” must begin with url, marker, event or user");
    };
  }

  private static String property(Matcher user) {
    return user.group(1) == null ? user.group(2).strip() : user.group(1);
  }

  private static boolean isOn(UnaryOperator<String> sent, String name) {
    return !sent.apply(name).isEmpty();
  }

  private static List<String> lines(String text) {
    return Arrays.stream(text.split("\\R")).map(String::strip).filter(l -> !l.isEmpty()).toList();
  }

  private static long milliseconds(String what, String seconds) {
    return Math.round(decimal(what, seconds) * 1_000);
  }

  /** Not divided by 100, because a third digit would come out otherwise than it went in. */
  private static double share(String percent) {
    return BigDecimal.valueOf(decimal("the share of visits", percent))
        .movePointLeft(2)
        .doubleValue();
  }

  private static int whole(String what, String text) {
    double number = decimal(what, text);
    if (number != Math.rint(number)) {
      throw new InvalidRequest(what + " must be a whole number");
    }
    return (int) number;
  }

  private static double decimal(String what, @Nullable String text) {
    try {
      double number = Double.parseDouble(text == null ? "" : text.replace(',', '.'));
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new InvalidRequest(what + " must be a number");
  }
}
