package dev.retrospec.issues.clustering;

import dev.retrospec.issues.clustering.Grouping.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The page's own fingerprint, in which {@code {{ default }}} stands for ours (as in Sentry's). */
final class ClientFingerprint {

  private static final Pattern DEFAULT = Pattern.compile("\\{\\{\\s{0,5}default\\s{0,5}}}");

  private ClientFingerprint() {}

  /** Whether it refines our rules instead of replacing them. */
  static boolean hasDefault(List<String> fingerprint) {
    return fingerprint.stream().anyMatch(part -> DEFAULT.matcher(part).matches());
  }

  static List<Part> parts(List<String> fingerprint, List<Part> ours) {
    List<Part> parts = new ArrayList<>();
    for (String told : fingerprint) {
      if (DEFAULT.matcher(told).matches()) {
        parts.addAll(ours);
      } else {
        parts.add(new Part("fingerprint", told));
      }
    }
    return parts;
  }
}
