package dev.retrospec.recordings;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;
import org.jspecify.annotations.Nullable;

/** What was sent is not a recording that can be kept; the message says where and why. */
public final class InvalidRecording extends Failure {

  private static final long serialVersionUID = 1L;

  /** Why, for a machine. */
  public enum Reason {
    /** More bytes in the request than allowed. */
    TOO_LARGE_ON_WIRE(FailureCode.TOO_LARGE),
    /** More bytes after decompression than allowed. */
    TOO_LARGE_INFLATED(FailureCode.TOO_LARGE),
    /** A content encoding that is not known, or several of them. */
    UNSUPPORTED_ENCODING(FailureCode.UNSUPPORTED),
    /** The body is not in the encoding it says, is cut off, or is followed by something else. */
    BROKEN_ENCODING(FailureCode.INVALID),
    /** Not JSON in UTF-8, or cut off. */
    NOT_JSON(FailureCode.INVALID),
    /** Nested deeper, or with a longer name or number, than any honest page. */
    BEYOND_JSON_LIMITS(FailureCode.INVALID),
    /** JSON, but not an array of rrweb events. */
    NOT_EVENTS(FailureCode.INVALID);

    private final FailureCode code;

    Reason(FailureCode code) {
      this.code = code;
    }
  }

  private final Reason reason;

  InvalidRecording(Reason reason, String message) {
    this(reason, message, null);
  }

  InvalidRecording(Reason reason, String message, @Nullable Throwable cause) {
    super(reason.code, message, cause);
    this.reason = reason;
  }

  /**
   * What a JSON parser found wrong. The parser's own message is not passed on, because it quotes
   * the input.
   */
  public static InvalidRecording of(JacksonException cause) {
    var at = cause.getLocation();
    String where = at == null ? "" : " at byte " + Math.max(0, at.getByteOffset());
    return cause instanceof StreamConstraintsException
        ? new InvalidRecording(
            Reason.BEYOND_JSON_LIMITS,
            "JSON is nested too deeply or holds too long a value" + where)
        : new InvalidRecording(Reason.NOT_JSON, "the body is not valid JSON" + where);
  }

  /** More than is read at once. */
  public static InvalidRecording tooLarge(String why) {
    return new InvalidRecording(Reason.TOO_LARGE_INFLATED, why);
  }

  static InvalidRecording notAnEvent(int index, String why) {
    return new InvalidRecording(Reason.NOT_EVENTS, "events[" + index + "] " + why);
  }

  public Reason reason() {
    return reason;
  }
}
