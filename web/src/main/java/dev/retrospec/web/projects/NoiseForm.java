package dev.retrospec.web.projects;

import dev.retrospec.issues.clustering.NoisePolicy;
import dev.retrospec.issues.clustering.NoiseRule;
import dev.retrospec.platform.failure.InvalidRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads rules of noise as people send them. */
final class NoiseForm {

  private NoiseForm() {}

  /**
   * @throws InvalidRequest when it cannot be
   */
  static NoiseRule rule(
      @Nullable String name,
      @Nullable String on,
      @Nullable String pattern,
      @Nullable Boolean enabled) {
    if (name != null && NoisePolicy.isDefault(name)) {
      NoiseRule ours =
          NoisePolicy.DEFAULTS.stream()
              .filter(rule -> rule.name().equals(name))
              .findFirst()
              .orElseThrow();
      return new NoiseRule(name, ours.on(), ours.pattern(), enabled == null || enabled);
    }
    try {
      return NoiseRule.told(name, on, pattern, enabled);
    } catch (IllegalArgumentException refused) {
      throw new InvalidRequest(String.valueOf(refused.getMessage()));
    }
  }

  /**
   * The rules after the form was sent: each is on or off as its box says, one may be removed, one
   * may be new.
   *
   * @param sent a field's value; empty when it was not sent
   */
  static List<NoiseRule> read(List<NoiseRule> rules, UnaryOperator<String> sent) {
    String removed = sent.apply("remove");
    List<NoiseRule> changed = new ArrayList<>();
    for (NoiseRule rule : rules) {
      boolean enabled = !sent.apply("on-" + rule.name()).isEmpty();
      if (NoisePolicy.isDefault(rule.name()) || !rule.name().equals(removed)) {
        changed.add(new NoiseRule(rule.name(), rule.on(), rule.pattern(), enabled));
      }
    }
    if (!sent.apply("name").isBlank() || !sent.apply("pattern").isBlank()) {
      changed.add(rule(sent.apply("name").strip(), sent.apply("on"), sent.apply("pattern"), true));
    }
    return changed;
  }
}
