package dev.retrospec.issues.clustering;

import dev.retrospec.issues.clustering.NoiseRule.Subject;
import dev.retrospec.sessions.ErrorDetail;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.signatures.stacks.BrowserStack;
import dev.retrospec.signatures.text.PlainText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which markers are noise in a project: the first rule that holds and matches says so. */
public final class NoisePolicy {

  /** Longer texts are compared as far as this. */
  private static final int MAX_TEXT = 1_024;

  private static final int MAX_PLACES = 10;

  /**
   * What comes with RetroSpec. Off are those that somebody should see once: pages that are older
   * than the server, and promises that were rejected with something that is no error.
   */
  public static final List<NoiseRule> DEFAULTS =
      List.of(
          family("resize-observer", KnownFamily.RESIZE_OBSERVER, true),
          family("script-error", KnownFamily.SCRIPT_ERROR, true),
          family("browser-extensions", KnownFamily.EXTENSION, true),
          family("in-app-browsers", KnownFamily.INJECTED, true),
          family("cancelled-requests", KnownFamily.ABORTED, true),
          new NoiseRule("link-scanners", Subject.MESSAGE, "*Object Not Found Matching Id:*", true),
          new NoiseRule("translated-pages", Subject.STACK, "*translate.google*", true),
          family("chunk-load", KnownFamily.CHUNK_LOAD, false),
          family("hydration", KnownFamily.HYDRATION, false),
          family("non-error-rejections", KnownFamily.NON_ERROR_REJECTION, false));

  private static final Set<String> DEFAULT_NAMES =
      DEFAULTS.stream().map(NoiseRule::name).collect(Collectors.toUnmodifiableSet());

  private final List<NoiseRule> rules;

  public NoisePolicy(List<NoiseRule> rules) {
    this.rules = rules.stream().filter(NoiseRule::enabled).toList();
  }

  private static NoiseRule family(String name, KnownFamily family, boolean enabled) {
    return new NoiseRule(name, Subject.FAMILY, family.wireName(), enabled);
  }

  /** Whether the rule comes with RetroSpec: it can be switched, not removed. */
  public static boolean isDefault(String name) {
    return DEFAULT_NAMES.contains(name);
  }

  /**
   * The rules that hold in a project: ours as it switched them, then its own.
   *
   * @param told by the project; of ours only whether they hold counts
   */
  public static List<NoiseRule> over(List<NoiseRule> told) {
    Map<String, NoiseRule> rules = new LinkedHashMap<>();
    DEFAULTS.forEach(rule -> rules.put(rule.name(), rule));
    for (NoiseRule rule : told) {
      NoiseRule ours = isDefault(rule.name()) ? rules.get(rule.name()) : null;
      rules.put(
          rule.name(),
          ours == null
              ? rule
              : new NoiseRule(ours.name(), ours.on(), ours.pattern(), rule.enabled()));
    }
    return List.copyOf(rules.values());
  }

  /** The name of the rule by which this is noise; empty when it is none. */
  public Optional<String> noise(ObservedMarker marker, Grouping grouping) {
    return rules.stream()
        .filter(rule -> texts(rule.on(), marker, grouping).anyMatch(rule::matches))
        .map(NoiseRule::name)
        .findFirst();
  }

  private static Stream<String> texts(Subject on, ObservedMarker marker, Grouping grouping) {
    ErrorDetail error = marker.error();
    Stream<String> texts =
        switch (on) {
          case MESSAGE -> Stream.of(marker.label(), error == null ? null : error.message());
          case TYPE -> Stream.of(grouping.type(), error == null ? null : error.type());
          case STACK ->
              error == null || error.stack() == null
                  ? Stream.empty()
                  : BrowserStack.places(PlainText.of(error.stack())).limit(MAX_PLACES);
          case FAMILY -> grouping.family().stream();
        };
    return texts.filter(Objects::nonNull).map(text -> PlainText.cut(text, MAX_TEXT));
  }
}
