package dev.retrospec.privacy;

/** How sure the scrub wants to be before it takes something out. */
public enum ScrubMode {
  /** Check digits and assigned prefixes must be right: what only looks alike stays. */
  BALANCED,
  /** The shape is enough: rather a harmless number lost than a private one kept. */
  STRICT
}
