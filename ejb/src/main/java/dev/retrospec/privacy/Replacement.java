package dev.retrospec.privacy;

import org.jspecify.annotations.Nullable;

/** A text whose stretches are replaced from left to right; copies nothing while there are none. */
final class Replacement {

  private final String text;
  private @Nullable StringBuilder out;
  private int copied;

  Replacement(String text) {
    this.text = text;
  }

  void put(int from, int to, String instead) {
    if (out == null) {
      out = new StringBuilder(text.length());
    }
    out.append(text, copied, from).append(instead);
    copied = to;
  }

  /** The same instance when nothing was replaced. */
  String result() {
    return out == null ? text : out.append(text, copied, text.length()).toString();
  }
}
