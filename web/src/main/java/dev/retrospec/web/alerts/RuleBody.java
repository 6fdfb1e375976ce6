package dev.retrospec.web.alerts;

import dev.retrospec.alerts.AlertChannelKind;
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
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A rule as a client sends it.
 *
 * @param enabled null: on
 */
public record RuleBody(
    @Nullable String name,
    @Nullable Boolean enabled,
    @Nullable Set<RuleEvent> events,
    @Nullable ThresholdFields threshold,
    @Nullable Double minReportConfidence,
    @Nullable RuleFilter filter,
    @Nullable GroupBy groupBy,
    @Nullable Integer cooldownMinutes,
    @Nullable QuietFields quietHours,
    @Nullable List<ChannelFields> channels) {

  /** So many within so long. */
  public record ThresholdFields(
      Threshold.@Nullable Measure measure,
      @Nullable Integer count,
      @Nullable Integer windowMinutes) {}

  /** When nobody is to be told. */
  public record QuietFields(@Nullable String timeZone, @Nullable List<PeriodFields> periods) {}

  /**
   * Every week.
   *
   * @param days such as {@code mon}, or in full
   * @param from such as {@code 22:00}
   * @param until such as {@code 07:00}, then of the next day
   */
  public record PeriodFields(
      @Nullable List<String> days, @Nullable String from, @Nullable String until) {}

  /** A channel; what is secret and not given stays as it is. */
  public record ChannelFields(
      @Nullable String id,
      @Nullable AlertChannelKind kind,
      @Nullable String url,
      @Nullable String authorization,
      @Nullable String secret,
      @Nullable Boolean rotateSecret,
      @Nullable String token,
      @Nullable String slackChannel,
      @Nullable List<String> recipients) {}

  /**
   * @throws InvalidRequest when a field is missing or cannot be what it is said to be
   */
  RuleDraft draft() {
    return new RuleDraft(
        name == null ? "" : name,
        !Boolean.FALSE.equals(enabled),
        new RuleSettings(
            events == null ? Set.of() : events,
            threshold == null ? null : threshold(threshold),
            minReportConfidence,
            filter,
            groupBy,
            cooldownMinutes,
            quietHours == null ? null : quiet(quietHours)),
        channels == null ? List.of() : channels.stream().map(RuleBody::channel).toList());
  }

  private static Threshold threshold(ThresholdFields given) {
    if (given.measure() == null || given.count() == null || given.windowMinutes() == null) {
      throw new InvalidRequest("threshold needs measure, count and windowMinutes");
    }
    return new Threshold(given.measure(), given.count(), given.windowMinutes());
  }

  private static QuietHours quiet(QuietFields given) {
    return new QuietHours(
        given.timeZone() == null ? "" : given.timeZone(),
        given.periods() == null
            ? List.of()
            : given.periods().stream().map(RuleBody::period).toList());
  }

  private static QuietHours.Period period(PeriodFields given) {
    if (given.days() == null || given.from() == null || given.until() == null) {
      throw new InvalidRequest("a period of quietHours needs days, from and until");
    }
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    given.days().forEach(day -> days.add(day(day)));
    return new QuietHours.Period(days, time(given.from()), time(given.until()));
  }

  /**
   * @throws InvalidRequest when there is no such day
   */
  static DayOfWeek day(String text) {
    String wanted = text.strip().toUpperCase(Locale.ROOT);
    for (DayOfWeek day : DayOfWeek.values()) {
      if (wanted.length() >= 3 && day.name().startsWith(wanted)) {
        return day;
      }
    }
    throw new InvalidRequest("days must be a list of mon, tue, wed, thu, fri, sat, sun");
  }

  /**
   * @throws InvalidRequest when there is no such time of day
   */
  static LocalTime time(String text) {
    try {
      return LocalTime.parse(text.strip());
    } catch (DateTimeParseException e) {
      throw new InvalidRequest("from and until must be times such as 22:00");
    }
  }

  private static ChannelDraft channel(ChannelFields given) {
    return new ChannelDraft(
        given.id() == null ? null : new AlertChannelId(given.id()),
        given.kind(),
        given.url(),
        given.authorization(),
        given.secret(),
        given.rotateSecret(),
        given.token(),
        given.slackChannel(),
        given.recipients());
  }
}
