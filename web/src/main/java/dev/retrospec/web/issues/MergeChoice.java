package dev.retrospec.web.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.InvalidId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.IssueMerge;
import dev.retrospec.platform.failure.InvalidRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which issues the address of the merging page names. What cannot be a key is left out.
 *
 * @param keys in the order in which they were chosen, each once; at most as many as can be merged
 * @param into which of them is to stay; null: the page proposes one
 */
record MergeChoice(ProjectId project, Set<ClusterKey> keys, @Nullable ClusterKey into) {

  private static final String BETWEEN = "~";
  private static final int MOST = IssueMerge.MAX_SOURCES + 1;

  static MergeChoice of(ProjectId project, List<String> keys, String into) {
    Set<ClusterKey> chosen = new LinkedHashSet<>();
    keys.stream().flatMap(text -> key(text).stream()).limit(MOST).forEach(chosen::add);
    return new MergeChoice(project, chosen, key(into).orElse(null));
  }

  private static Optional<ClusterKey> key(String text) {
    try {
      return Optional.of(new ClusterKey(text));
    } catch (InvalidId e) {
      return Optional.empty();
    }
  }

  /** The page with one more issue, which is to stay where a first one was to be merged into it. */
  String adding(ClusterKey key) {
    ClusterKey stays = keys.size() == 1 ? key : into;
    return address(Stream.concat(keys.stream(), Stream.of(key)).toList(), stays);
  }

  /** The page without an issue. */
  String without(ClusterKey key) {
    return address(keys.stream().filter(one -> !one.equals(key)).toList(), into);
  }

  /** The page as it is. */
  String address() {
    return address(keys, into);
  }

  private String address(Iterable<ClusterKey> chosen, @Nullable ClusterKey stays) {
    StringBuilder address = new StringBuilder("/admin/merge?project=").append(encoded(project));
    chosen.forEach(key -> address.append("&key=").append(encoded(key)));
    if (stays != null) {
      address.append("&into=").append(encoded(stays));
    }
    return address.toString();
  }

  private static String encoded(Object id) {
    return URLEncoder.encode(id.toString(), StandardCharsets.UTF_8);
  }

  /** What the form sends of an issue that it showed. */
  static String seen(ClusterKey key, int version) {
    return key + BETWEEN + version;
  }

  /**
   * What the form wants.
   *
   * @param target the key of the issue that stays
   * @param seen of each issue that was shown, the target as well
   * @throws InvalidRequest when it names no target, or nothing to merge into it
   */
  static IssueMerge.Request request(String target, List<String> seen, String note, String by) {
    Map<ClusterKey, Integer> versions = new HashMap<>();
    List<ClusterKey> sources = new ArrayList<>();
    ClusterKey stays =
        key(target).orElseThrow(() -> new InvalidRequest("the form names no issue that stays"));
    for (String one : seen) {
      String[] parts = one.split(BETWEEN);
      try {
        ClusterKey key = new ClusterKey(parts[0]);
        versions.put(key, Integer.valueOf(parts[1]));
        if (!key.equals(stays)) {
          sources.add(key);
        }
      } catch (InvalidId | NumberFormatException | IndexOutOfBoundsException e) {
        throw new InvalidRequest("the form is not from this page");
      }
    }
    return new IssueMerge.Request(stays, sources, note.isEmpty() ? null : note, by, versions);
  }
}
