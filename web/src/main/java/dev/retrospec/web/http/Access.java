package dev.retrospec.web.http;

/** What a route asks of its caller. A route that does not say is closed. */
public enum Access {
  /** Nothing. */
  PUBLIC,
  /** The administrators' key. */
  ADMIN,
  /** The key of the monitoring, where the operator has set one. */
  METRICS,
  /** The key of workers that run elsewhere. */
  INTERNAL,
  /** Any key of a project: to write recordings. */
  INGEST,
  /** A secret key, or a viewer of the dashboard. */
  READ,
  /** The same, or a token in the query, which the route checks by itself. */
  READ_OR_TOKEN,
  /** A secret key, or a developer of the dashboard. */
  WRITE,
  /** A secret key, or an administrator of the dashboard: what its pages let nobody else set. */
  SET_UP
}
