package dev.retrospec.web.http;

import dev.retrospec.platform.paging.Page;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;

/** A list's answer that says where it goes on: {@code Link: <…>; rel="next"} (RFC 8288). */
public final class NextLink {

  private NextLink() {}

  /**
   * @param entity the answer, which should hold {@link Page#nextCursor()} as well
   */
  public static Response answer(UriInfo request, Page<?> page, Object entity) {
    Response.ResponseBuilder answer = Response.ok(entity);
    if (page.nextCursor() != null) {
      URI next =
          request.getRequestUriBuilder().replaceQueryParam("cursor", page.nextCursor()).build();
      // Without the host: what we are called behind a proxy is not ours to know.
      answer.header(
          HttpHeaders.LINK, "<" + next.getRawPath() + "?" + next.getRawQuery() + ">; rel=\"next\"");
    }
    return answer.build();
  }
}
