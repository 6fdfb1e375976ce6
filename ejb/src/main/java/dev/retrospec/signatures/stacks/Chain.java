package dev.retrospec.signatures.stacks;

import java.util.ArrayList;
import java.util.List;

/** A chain of exceptions while it is read line by line, outermost first. */
final class Chain {

  /** The paths that lead to a failure differ in their depth. */
  static final int MAX_FRAMES = 64;

  /** Deeper causes are the same story again. */
  private static final int MAX_THROWN = 16;

  private static final int MAX_MESSAGE_LINES = 60;

  private static final class Link {
    String type = "";
    final List<String> message = new ArrayList<>();
    final List<Frame> frames = new ArrayList<>();
  }

  private final List<Link> links = new ArrayList<>();
  private Link current = new Link();
  private boolean isMentioned;

  /** The next deeper exception. What came before the first one and has no frame is forgotten. */
  void thrown(String type, String message) {
    if (links.size() == MAX_THROWN) {
      return;
    }
    current = new Link();
    current.type = type;
    current.message.add(message);
    links.add(current);
  }

  /** One more line of the message, as long as no frame has followed it. */
  void text(String line) {
    if (current.frames.isEmpty() && current.message.size() < MAX_MESSAGE_LINES) {
      current.message.add(line);
    }
  }

  void frame(Frame frame) {
    if (links.isEmpty()) {
      links.add(current);
    }
    isMentioned = false;
    List<Frame> frames = current.frames;
    // Recursion: how deep it went is chance.
    boolean again = !frames.isEmpty() && frames.get(frames.size() - 1).equals(frame);
    if (!again && frames.size() < MAX_FRAMES) {
      frames.add(frame);
    }
  }

  /** The frames that follow belong to the exception that wrapped the current one. */
  void outer() {
    int at = links.indexOf(current);
    if (at > 0) {
      current = links.get(at - 1);
    }
  }

  /** Forgets the frames of the current one: they were the runtime's way of throwing. */
  void dropFrames() {
    current.frames.clear();
  }

  boolean hasFrames() {
    return !current.frames.isEmpty();
  }

  /** Whether an exception has been named. */
  boolean begun() {
    return !links.isEmpty();
  }

  /**
   * Whether the outermost exception may be named: none is yet, or only by a bare name within a
   * sentence, as in "to be an instance of InvalidRequest but was: …".
   */
  boolean mayBegin() {
    return !begun() || isMentioned;
  }

  /** The outermost exception; one that was only mentioned before is forgotten. */
  void begin(String type, String message) {
    boolean withinSentence = isMentioned || !String.join("", current.message).isBlank();
    links.clear();
    thrown(type, message);
    isMentioned = withinSentence && message.isEmpty();
  }

  List<Thrown> read() {
    return links.stream()
        .map(link -> new Thrown(link.type, String.join("\n", link.message).strip(), link.frames))
        .toList();
  }
}
