package dev.retrospec.web.http;

import dev.retrospec.recordings.BodyLimits;
import dev.retrospec.recordings.BoundedInflater;
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
public class BodyBounds implements ReaderInterceptor {

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    if (InputStream.class.isAssignableFrom(context.getType())) {
      return context.proceed();
    }
    String encoding = context.getHeaders().getFirst(HttpHeaders.CONTENT_ENCODING);
    try (BoundedInflater body =
        new BoundedInflater(context.getInputStream(), encoding, BodyLimits.DEFAULT)) {
      context.setInputStream(body);
      return context.proceed();
    }
  }
}
