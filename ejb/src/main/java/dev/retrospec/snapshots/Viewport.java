package dev.retrospec.snapshots;

import dev.retrospec.platform.failure.InvalidRequest;

/**
 * The browser window's inside, in CSS pixels.
 *
 * @param width {@value #MIN} to {@value #MAX}
 * @param height {@value #MIN} to {@value #MAX}
 */
public record Viewport(int width, int height) {

  public static final Viewport DEFAULT = new Viewport(1920, 1080);

  static final int MIN = 50;

  /** Four thousand and some: the largest screens; more costs memory and shows nothing. */
  static final int MAX = 4_096;

  public Viewport {
    if (width < MIN || width > MAX || height < MIN || height > MAX) {
      throw new InvalidRequest("viewport width and height must be between " + MIN + " and " + MAX);
    }
  }
}
