package dev.retrospec.sourcemaps.symbols;

import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;

/** What was sent is no source map that can be read; the message says why and quotes nothing. */
public final class InvalidSourceMap extends Failure {

  private static final long serialVersionUID = 1L;

  InvalidSourceMap(String why) {
    super(FailureCode.INVALID, "the source map " + why);
  }
}
