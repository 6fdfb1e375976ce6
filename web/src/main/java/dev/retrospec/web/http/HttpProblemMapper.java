package dev.retrospec.web.http;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** No such route, method or media type; the server would answer in HTML. */
@Provider
public class HttpProblemMapper implements ExceptionMapper<WebApplicationException> {

  @Override
  public Response toResponse(WebApplicationException thrown) {
    return Problems.of(thrown);
  }
}
