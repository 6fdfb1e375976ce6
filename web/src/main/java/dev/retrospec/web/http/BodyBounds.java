package dev.retrospec.web.http;

import dev.retrospec.recordings.BodyLimits;
import dev.retrospec.recordings.BoundedInflater;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import java.io.InputStream;

/**
 * Bodies that a route reads as an object are decompressed and counted while they are read. Routes
 * that take a stream hand it to a use case, which does the same.
 */
@Provider
@ApplicationScoped
public class BodyBounds implements ReaderInterceptor {

  private final BodyLimits limits;

  @Inject
  public BodyBounds(BodyLimits limits) {
    this.limits = limits;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public BodyBounds() {
    this.limits = BodyLimits.DEFAULT;
  }

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    if (InputStream.class.isAssignableFrom(context.getType())) {
      return context.proceed();
    }
    String encoding = context.getHeaders().getFirst(HttpHeaders.CONTENT_ENCODING);
    BodyLimits bounds =
        context.getProperty(DeclaredLength.LIMITS) instanceof BodyLimits ofRoute ? ofRoute : limits;
    try (BoundedInflater body = new BoundedInflater(context.getInputStream(), encoding, bounds)) {
      context.setInputStream(body);
      return context.proceed();
    }
  }
}
