package dev.retrospec.projects;

import dev.retrospec.platform.failure.InvalidRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to change about a project's rules, unchecked; what is null stays.
 *
 * @param triggers without conditions takes the triggers away
 */
public record RulesChange(
    @Nullable Boolean enabled,
    @Nullable Double sampleRate,
    @Nullable String policy,
    @Nullable String privacyLevel,
    @Nullable List<String> privateSelectors,
    @Nullable List<String> blockedSelectors,
    @Nullable List<String> excludedPages,
    @Nullable Long minDurationMs,
    @Nullable Long bufferAfterMs,
    @Nullable TriggersChange triggers,
    @Nullable RageChange rage,
    @Nullable Long slowRequestMs,
    @Nullable NetworkChange network,
    @Nullable Boolean canvas,
    @Nullable Boolean respectDoNotTrack,
    @Nullable Boolean respectGlobalPrivacyControl) {

  /** Replaces all of the triggers. */
  public record TriggersChange(
      @Nullable String match, @Nullable List<@Nullable ConditionFields> conditions) {

    static TriggersChange of(Triggers triggers) {
      return new TriggersChange(
          triggers.match(), triggers.conditions().stream().map(ConditionFields::of).toList());
    }
  }

  /** A {@link Triggers.Condition}, unchecked. */
  public record ConditionFields(
      @Nullable String type,
      @Nullable String pattern,
      @Nullable String kind,
      @Nullable String subkind,
      @Nullable String name,
      @Nullable String property,
      @Nullable String value) {

    static ConditionFields of(Triggers.Condition known) {
      return new ConditionFields(
          known.type(),
          known.pattern(),
          known.kind(),
          known.subkind(),
          known.name(),
          known.property(),
          known.value());
    }

    Triggers.Condition checked() {
      return new Triggers.Condition(
          type == null ? "" : type, pattern, kind, subkind, name, property, value);
    }
  }

  /** Thresholds of rage clicks. */
  public record RageChange(
      @Nullable Integer clicks, @Nullable Integer radiusPx, @Nullable Long windowMs) {}

  /** Which requests are recorded in detail. */
  public record NetworkChange(@Nullable List<String> detailUrls) {}

  /**
   * The changed rules.
   *
   * @param version that the result carries
   * @throws InvalidRequest when a rule is out of range
   */
  public RecorderRules onto(RecorderRules now, int version) {
    return new RecorderRules(
        version,
        or(enabled, now.enabled()),
        or(sampleRate, now.sampleRate()),
        policy == null ? now.policy() : RecordingPolicy.fromWireName(policy),
        privacyLevel == null ? now.privacyLevel() : PrivacyLevel.fromWireName(privacyLevel),
        or(privateSelectors, now.privateSelectors()),
        or(blockedSelectors, now.blockedSelectors()),
        or(excludedPages, now.excludedPages()),
        or(minDurationMs, now.minDurationMs()),
        or(bufferAfterMs, now.bufferAfterMs()),
        triggers == null ? now.triggers() : changed(triggers),
        rage == null ? now.rage() : changed(rage, now.rage()),
        or(slowRequestMs, now.slowRequestMs()),
        network == null || network.detailUrls == null
            ? now.network()
            : new RecorderRules.Network(network.detailUrls),
        or(canvas, now.canvas()),
        or(respectDoNotTrack, now.respectDoNotTrack()),
        or(respectGlobalPrivacyControl, now.respectGlobalPrivacyControl()));
  }

  private static @Nullable Triggers changed(TriggersChange told) {
    if (told.conditions == null || told.conditions.isEmpty()) {
      return null;
    }
    if (told.conditions.contains(null)) {
      throw new InvalidRequest("triggers.conditions must hold objects");
    }
    return new Triggers(
        or(told.match, "any"), told.conditions.stream().map(ConditionFields::checked).toList());
  }

  private static RecorderRules.Rage changed(RageChange told, RecorderRules.Rage now) {
    return new RecorderRules.Rage(
        or(told.clicks, now.clicks()),
        or(told.radiusPx, now.radiusPx()),
        or(told.windowMs, now.windowMs()));
  }

  private static <T> T or(@Nullable T told, T otherwise) {
    return told == null ? otherwise : told;
  }
}
