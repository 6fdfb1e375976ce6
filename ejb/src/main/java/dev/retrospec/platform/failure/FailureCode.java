package dev.retrospec.platform.failure;

/** What kind of thing went wrong; the edge turns it into a status, the log into a field. */
public enum FailureCode {
  /** The request says something that cannot be. */
  INVALID,
  /** What the request names is not there, or belongs to somebody else. */
  NOT_FOUND,
  /** The caller may not do this. */
  FORBIDDEN,
  /** Somebody else changed it first. */
  CONFLICT,
  /** It was here and will not come back: erased, expired, or switched off. */
  GONE,
  /** More at once than the caller may have; trying again later is right. */
  TOO_MANY,
  /** More bytes than the limit. */
  TOO_LARGE,
  /** An encoding or media type that is not understood. */
  UNSUPPORTED,
  /** Something this depends on is away or full; trying again later is right. */
  UNAVAILABLE
}
