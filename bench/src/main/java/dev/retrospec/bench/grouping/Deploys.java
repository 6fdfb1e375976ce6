package dev.retrospec.bench.grouping;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many errors stay in their cluster when the site is built anew. */
record Deploys(int stayed, int seen) {

  /**
   * An error stays when it is in the group that its fault had at the first deploy. The first
   * sighting does not count.
   *
   * @param errors one deploy after the other
   */
  static Deploys of(List<LabelledError> errors, List<String> groups) {
    Map<String, String> homes = new HashMap<>();
    int stayed = 0;
    int seen = 0;
    for (int n = 0; n < errors.size(); n++) {
      String fault = errors.get(n).faultOfProject();
      String group = groups.get(n);
      String home = homes.putIfAbsent(fault, group);
      if (home != null) {
        seen++;
        stayed += home.equals(group) ? 1 : 0;
      }
    }
    return new Deploys(stayed, seen);
  }

  double share() {
    return seen == 0 ? 1 : (double) stayed / seen;
  }
}
