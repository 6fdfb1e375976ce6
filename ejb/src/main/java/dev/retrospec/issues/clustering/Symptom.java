package dev.retrospec.issues.clustering;

import dev.retrospec.sessions.ObservedMarker;

/** What an issue is called: the first marker's own words, on one line, short enough for a list. */
public final class Symptom {

  /** Two lines in a list. */
  static final int MAX_LENGTH = 200;

  private Symptom() {}

  public static String of(ObservedMarker marker) {
    String line =
        marker.label().replaceAll("[\\s\\p{Cntrl}]+", " ").strip().replaceFirst("^Uncaught ", "");
    if (line.isEmpty()) {
      return marker.kind().wireName();
    }
    if (line.length() <= MAX_LENGTH) {
      return line;
    }
    // Not between the two halves of a character beyond the basic plane.
    int cut = Character.isHighSurrogate(line.charAt(MAX_LENGTH - 2)) ? 2 : 1;
    return line.substring(0, MAX_LENGTH - cut) + "…";
  }
}
