package dev.retrospec.ids;

import com.fasterxml.jackson.annotation.JsonValue;

/** A note at a moment of a session; unique within the session. */
public record NoteId(@JsonValue String value) {

  public NoteId {
    value = Ids.checked("note id", value);
  }

  public static NoteId mint() {
    return new NoteId(Ids.mint("note_"));
  }

  @Override
  public String toString() {
    return value;
  }
}
