package dev.retrospec.web.http;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Provider;
import java.util.Collection;

/** Refuses NUL in an address: no store of ours can hold it, and nobody types it. */
@Provider
@Priority(10)
public class CleanAddress implements ContainerRequestFilter {

  @Override
  public void filter(ContainerRequestContext request) {
    UriInfo address = request.getUriInfo();
    boolean isDirty =
        address.getPath().indexOf('\0') >= 0
            || address.getQueryParameters().values().stream()
                .flatMap(Collection::stream)
                .anyMatch(value -> value.indexOf('\0') >= 0);
    if (isDirty) {
      throw new BadParameter("the address must not contain NUL");
    }
  }
}
