package dev.retrospec.web.alerts;

import dev.retrospec.alerts.AlertChannelKind;
import dev.retrospec.alerts.AlertChannelView;
import dev.retrospec.alerts.AlertRuleView;
import dev.retrospec.alerts.ChannelDraft;
import dev.retrospec.alerts.RuleDraft;
import dev.retrospec.alerts.rules.GroupBy;
import dev.retrospec.alerts.rules.QuietHours;
import dev.retrospec.alerts.rules.RuleEvent;
import dev.retrospec.alerts.rules.RuleFilter;
import dev.retrospec.alerts.rules.RuleSettings;
import dev.retrospec.alerts.rules.Threshold;
import dev.retrospec.ids.AlertChannelId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.sessions.MarkerKind;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A rule as people write it in a form: one channel of each kind, quiet hours as lines such as
 * {@code mon-fri 22:00-07:00}. Channels that the form has no place for stay as they are.
 */
final class AlertRuleForm {

  private AlertRuleForm() {}

  /**
   * @param sent gives a field's text, blank for a switch that is off
   * @param stored null for a new rule
   * @throws InvalidRequest when a field cannot be read
   */
  static RuleDraft read(UnaryOperator<String> sent, @Nullable AlertRuleView stored) {
    Set<RuleEvent> events = EnumSet.noneOf(RuleEvent.class);
    for (RuleEvent event : RuleEvent.values()) {
      if (isOn(sent, event.wireName())) {
        events.add(event);
      }
    }
    Set<MarkerKind> kinds = EnumSet.noneOf(MarkerKind.class);
    for (MarkerKind kind : MarkerKind.values()) {
      if (isOn(sent, kind.wireName())) {
        kinds.add(kind);
      }
    }
    RuleFilter filter =
        new RuleFilter(
            kinds,
            sent.apply("routePrefix"),
            sent.apply("release"),
            sent.apply("environment"),
            whole("users", sent.apply("minUsers")),
            decimal("confidence", sent.apply("minConfidence")));
    return new RuleDraft(
        sent.apply("name"),
        isOn(sent, "enabled"),
        new RuleSettings(
            events,
            events.contains(RuleEvent.THRESHOLD) ? threshold(sent) : null,
            decimal("the report’s confidence", sent.apply("minReportConfidence")),
            filter,
            GroupBy.fromWireName(sent.apply("groupBy")),
            whole("the pause", sent.apply("cooldownMinutes")),
            quiet(sent.apply("timeZone"), sent.apply("quiet"))),
        channels(sent, stored));
  }

  private static Threshold threshold(UnaryOperator<String> sent) {
    Integer count = whole("the threshold", sent.apply("thresholdCount"));
    Integer minutes = whole("the threshold’s time", sent.apply("thresholdMinutes"));
    if (count == null || minutes == null) {
      throw new InvalidRequest("a threshold needs a number and a time");
    }
    return new Threshold(
        Threshold.Measure.fromWireName(sent.apply("thresholdMeasure")), count, minutes);
  }

  private static List<ChannelDraft> channels(
      UnaryOperator<String> sent, @Nullable AlertRuleView stored) {
    List<ChannelDraft> channels = new ArrayList<>();
    Set<AlertChannelId> inForm = new java.util.HashSet<>();
    for (AlertChannelKind kind : AlertChannelKind.values()) {
      AlertChannelView first = first(stored, kind);
      if (first != null) {
        inForm.add(first.id());
      }
      if (isOn(sent, kind.wireName() + "On")) {
        channels.add(channel(kind, first, sent));
      }
    }
    if (stored != null) {
      stored.channels().stream()
          .filter(one -> !inForm.contains(one.id()))
          .map(one -> new ChannelDraft(one.id(), null, null, null, null, null, null, null, null))
          .forEach(channels::add);
    }
    return channels;
  }

  private static ChannelDraft channel(
      AlertChannelKind kind, @Nullable AlertChannelView stored, UnaryOperator<String> sent) {
    return new ChannelDraft(
        stored == null ? null : stored.id(),
        kind,
        given(sent, kind.wireName() + "Url"),
        kind == AlertChannelKind.WEBHOOK ? authorization(sent) : null,
        null,
        kind == AlertChannelKind.WEBHOOK && isOn(sent, "rotateSecret"),
        kind == AlertChannelKind.SLACK ? given(sent, "slackToken") : null,
        kind == AlertChannelKind.SLACK ? given(sent, "slackChannel") : null,
        kind == AlertChannelKind.EMAIL
            ? Arrays.stream(sent.apply("recipients").split("[\\s,;]+"))
                .filter(one -> !one.isEmpty())
                .toList()
            : null);
  }

  /** Blank leaves the header as it is; to take it away there is a switch of its own. */
  private static @Nullable String authorization(UnaryOperator<String> sent) {
    String header = given(sent, "webhookAuthorization");
    return header == null && isOn(sent, "removeAuthorization") ? "" : header;
  }

  /** The rule's channel of this kind that the form has a place for; null when there is none. */
  static @Nullable AlertChannelView first(@Nullable AlertRuleView rule, AlertChannelKind kind) {
    return rule == null
        ? null
        : rule.channels().stream().filter(one -> one.kind() == kind).findFirst().orElse(null);
  }

  private static @Nullable QuietHours quiet(String timeZone, String lines) {
    List<QuietHours.Period> periods =
        lines
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .map(AlertRuleForm::period)
            .toList();
    return periods.isEmpty() ? null : new QuietHours(timeZone, periods);
  }

  private static QuietHours.Period period(String line) {
    String[] parts = line.split("\\s+", 2);
    String[] times = parts.length < 2 ? new String[0] : parts[1].split("\\s*[-–]\\s*", 2);
    if (times.length < 2) {
      throw new InvalidRequest("“" + line + "” must be days and times: mon-fri 22:00-07:00");
    }
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String range : parts[0].split(",")) {
      String[] ends = range.split("[-–]", 2);
      DayOfWeek day = RuleBody.day(ends[0]);
      DayOfWeek last = RuleBody.day(ends[ends.length - 1]);
      days.add(day);
      while (day != last) {
        day = day.plus(1);
        days.add(day);
      }
    }
    return new QuietHours.Period(days, RuleBody.time(times[0]), RuleBody.time(times[1]));
  }

  /** Quiet hours as the form shows them, one period per line. */
  static String lines(@Nullable QuietHours quiet) {
    return quiet == null
        ? ""
        : quiet.periods().stream().map(AlertRuleForm::line).collect(Collectors.joining("\n"));
  }

  private static String line(QuietHours.Period period) {
    List<DayOfWeek> days = period.days().stream().sorted().toList();
    DayOfWeek first = days.get(0);
    DayOfWeek last = days.get(days.size() - 1);
    boolean isRange = days.size() > 1 && last.getValue() - first.getValue() == days.size() - 1;
    String names =
        isRange
            ? name(first) + "-" + name(last)
            : days.stream().map(AlertRuleForm::name).collect(Collectors.joining(","));
    return names + " " + time(period.from()) + "-" + time(period.until());
  }

  private static String name(DayOfWeek day) {
    return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
  }

  private static String time(LocalTime time) {
    return time.toString();
  }

  private static boolean isOn(UnaryOperator<String> sent, String name) {
    return !sent.apply(name).isEmpty();
  }

  private static @Nullable String given(UnaryOperator<String> sent, String name) {
    String text = sent.apply(name);
    return text.isBlank() ? null : text;
  }

  private static @Nullable Integer whole(String what, String text) {
    Double number = decimal(what, text);
    if (number != null && (number != Math.rint(number) || Math.abs(number) > 1e9)) {
      throw new InvalidRequest(what + " must be a whole number");
    }
    return number == null ? null : number.intValue();
  }

  private static @Nullable Double decimal(String what, String text) {
    if (text.isBlank()) {
      return null;
    }
    try {
      double number = Double.parseDouble(text.strip().replace(',', '.'));
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new InvalidRequest(what + " must be a number");
  }
}
