package dev.retrospec.issues.exposure;

import dev.retrospec.signatures.text.RouteShape;
import java.time.Instant;

/**
 * Something that a visitor did.
 *
 * @param name a page's {@link RouteShape}, or a clicked element's label
 */
public record PathStep(Kind kind, String name, Instant at) {

  /** What it was. */
  public enum Kind {
    PAGE,
    CLICK
  }

  public static PathStep page(String address, Instant at) {
    return new PathStep(Kind.PAGE, RouteShape.of(address), at);
  }

  public static PathStep click(String label, Instant at) {
    return new PathStep(Kind.CLICK, label, at);
  }
}
