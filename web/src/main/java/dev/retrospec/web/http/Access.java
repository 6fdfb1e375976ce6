package dev.retrospec.web.http;

/** What a route asks of its caller. A route that does not say is closed. */
public enum Access {
  /** Nothing. */
  PUBLIC,
  /** The administrators' key. */
  ADMIN,
  /** The key of workers that run elsewhere. */
  INTERNAL,
  /** Any key of a project: to write recordings. */
  INGEST,
  /** A secret key, or a viewer of the dashboard. */
  READ,
  /** A secret key, or a developer of the dashboard. */
  WRITE;

  boolean isOfProject() {
    return this == INGEST || this == READ || this == WRITE;
  }
}
