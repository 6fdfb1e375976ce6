package dev.retrospec.recordings;

/** The size of the page's window in CSS pixels. */
public record Viewport(int width, int height) {

  /** Larger than any screen wall; a forged size must not make the player allocate. */
  public static final int MAX = 32_767;

  public Viewport {
    if (width < 0 || width > MAX || height < 0 || height > MAX) {
      throw new IllegalArgumentException("viewport must be 0 to " + MAX + " pixels");
    }
  }
}
