package dev.retrospec.issues.clustering;

/** What decided which markers a marker gathers with: the first that applies, in this order. */
public enum GroupingRule {
  /** The page's own fingerprint. */
  CLIENT("client"),
  /** A failure that everybody knows, one whatever the engine or the bundler. */
  FAMILY("family"),
  /** What was thrown, and the site's own calls that led there. */
  OWN_FRAMES("own_frames"),
  /** What was thrown, and all calls, where none is the site's own. */
  ALL_FRAMES("all_frames"),
  /** What was thrown, and its words. */
  MESSAGE("message"),
  /** What went wrong, on which page, with which element or request. */
  PLACE("place");

  private final String wireName;

  GroupingRule(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
