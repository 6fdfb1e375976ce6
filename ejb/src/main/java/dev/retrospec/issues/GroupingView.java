package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why the failures of a cluster are one, by the marker that stands for them.
 *
 * @param clusterKey the cluster that the asked key leads to
 * @param fingerprint the key that the marker's content gives today; another one than the cluster's
 *     when a merge, a likeness or older rules brought it here
 * @param rule what decided, as {@code own_frames}
 * @param version of the rules, as {@code v2}
 * @param hashed what the fingerprint is made of, in this order
 * @param frames the calls among it, topmost first
 * @param type what was thrown; empty where nothing was
 * @param message the marker's own words
 * @param template the words with masks; empty where the rule does not look at them
 * @param masks what the masks stand for
 * @param hints what the page itself said about the group
 * @param aliases other keys that lead here, the latest first
 * @param constraints what people said about this cluster and others
 * @param transfers markers that are on their way from or to it, by a merge or a separation
 */
public record GroupingView(
    ClusterKey clusterKey,
    ClusterKey fingerprint,
    String rule,
    String version,
    List<Part> hashed,
    List<Call> frames,
    String type,
    String message,
    String template,
    List<Mask> masks,
    Hints hints,
    List<ClusterAlias> aliases,
    List<ClusterConstraint> constraints,
    List<MarkerTransfer> transfers) {

  /** A piece of what is hashed. */
  public record Part(String name, String value) {}

  /** A call; {@code inApp}: of the site itself. */
  public record Call(String function, String file, boolean inApp) {}

  /**
   * @param mask as it stands in the text, as {@code <n>}
   * @param replaces what it took the place of
   */
  public record Mask(String mask, String replaces) {}

  /**
   * @param clusterKey the client's own idea of a key
   * @param fingerprint the parts by which the client groups
   */
  public record Hints(@Nullable String clusterKey, List<String> fingerprint) {

    public Hints {
      fingerprint = List.copyOf(fingerprint);
    }

    public boolean given() {
      return clusterKey != null || !fingerprint.isEmpty();
    }
  }

  public GroupingView {
    hashed = List.copyOf(hashed);
    frames = List.copyOf(frames);
    masks = List.copyOf(masks);
    aliases = List.copyOf(aliases);
    constraints = List.copyOf(constraints);
    transfers = List.copyOf(transfers);
  }
}
