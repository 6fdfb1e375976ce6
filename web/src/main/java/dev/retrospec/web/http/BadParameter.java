package dev.retrospec.web.http;

import jakarta.ws.rs.BadRequestException;
import org.jspecify.annotations.Nullable;

/** A part of the address or query says something that cannot be. */
final class BadParameter extends BadRequestException {

  private static final long serialVersionUID = 1L;

  BadParameter(@Nullable String message) {
    super(message == null ? "a parameter cannot be understood" : message);
  }
}
