package dev.retrospec.web.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/**
 * The server brings a mapper of its own for this type, which quotes the input; this one is ours.
 */
@Provider
public class JsonProblemMapper implements ExceptionMapper<JsonProcessingException> {

  @Override
  public Response toResponse(JsonProcessingException thrown) {
    return Problems.of(thrown);
  }
}
