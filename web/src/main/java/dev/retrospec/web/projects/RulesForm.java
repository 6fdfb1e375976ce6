package dev.retrospec.web.projects;

import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.projects.RecorderRules;
import dev.retrospec.projects.RulesChange;
import dev.retrospec.projects.RulesChange.ConditionFields;
import dev.retrospec.projects.Triggers;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rules as people write them in a form: lists line by line, times in seconds, a condition as
 * one line such as {@code url /checkout/*}.
 */
final class RulesForm {

  private RulesForm() {}

  /**
   * @param sent gives a field's text, blank for a switch that is off
   * @throws InvalidRequest when a number or a condition cannot be read
   */
  static RulesChange read(UnaryOperator<String> sent) {
    return new RulesChange(
        isOn(sent, "enabled"),
        decimal("the share of visits", sent.apply("samplePercent")) / 100,
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

  private static String line(Triggers.Condition condition) {
    return condition.type()
        + " "
        + switch (condition.type()) {
          case "url" -> condition.pattern();
          case "event" -> condition.name();
          case "user" -> condition.property() + " = " + condition.value();
          default ->
              condition.kind() + (condition.subkind() == null ? "" : " " + condition.subkind());
        };
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
        String[] pair = (rest == null ? "" : rest).split("=", 2);
        String value = pair.length < 2 ? null : pair[1].strip();
        yield new ConditionFields("user", null, null, null, null, pair[0].strip(), value);
      }
      default ->
          throw new InvalidRequest("“" + line + "” must begin with url, marker, event or user");
    };
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
