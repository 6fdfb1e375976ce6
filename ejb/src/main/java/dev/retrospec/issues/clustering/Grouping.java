package dev.retrospec.issues.clustering;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.signatures.stacks.Frame;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The group of a marker, and why it is that one. Everything in it has been scrubbed, and masked
 * where the rule masks.
 *
 * @param rule the one that decided
 * @param hashed what the key is made of, in this order: two markers are one exactly when these are
 *     equal
 * @param type short name of what was thrown; empty where nothing was
 * @param template the message with its masks, whether it was hashed or not; may be empty
 * @param frames the calls that were hashed, topmost first; empty where the rule hashes none
 */
public record Grouping(
    ClusterKey key,
    GroupingRule rule,
    List<Part> hashed,
    String type,
    String template,
    List<Frame> frames) {

  private static final Pattern MASK = Pattern.compile("(?<=<)[a-z]{1,10}(?=>)");

  /**
   * @param name what it is, such as {@code type}, {@code frame}, {@code template}, {@code route}
   */
  public record Part(String name, String value) {}

  public Grouping {
    hashed = List.copyOf(hashed);
    frames = List.copyOf(frames);
  }

  /** What everybody knows it as, such as {@code chunk_load}; empty under every other rule. */
  public Optional<String> family() {
    return rule == GroupingRule.FAMILY ? Optional.of(hashed.get(0).value()) : Optional.empty();
  }

  /** What was masked in the message, such as {@code n}, {@code id}, {@code email}. */
  public Set<String> masks() {
    return Stream.concat(hashed.stream().map(Part::value), Stream.of(template))
        .flatMap(text -> MASK.matcher(text).results().map(MatchResult::group))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
