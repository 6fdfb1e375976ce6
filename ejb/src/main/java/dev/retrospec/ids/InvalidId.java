package dev.retrospec.ids;

/** A given id does not follow the grammar; the message names the id's kind, never its value. */
public final class InvalidId extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  InvalidId(String what, String rule) {
    super(what + " must be " + rule);
  }
}
