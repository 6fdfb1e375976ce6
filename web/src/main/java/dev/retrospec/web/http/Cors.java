package dev.retrospec.web.http;

import dev.retrospec.platform.config.Settings;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.util.Optional;

/**
 * Lets customers' pages call the API. Never with credentials: a cookie of the dashboard is of no
 * use to another site. A filter of the servlet, so that refusals carry the headers, too.
 */
@WebFilter(
    urlPatterns = {"/v1/*", "/api/*", "/healthz", "/openapi"},
    asyncSupported = true)
public class Cors extends HttpFilter {

  @Serial private static final long serialVersionUID = 1L;

  private static final String ALLOWED_HEADERS =
      "X-Retrospec-Key, X-Retrospec-Admin, x-api-key, Authorization, Content-Type,"
          + " Content-Encoding, Idempotency-Key, If-Match, If-None-Match, Range";

  private static final String EXPOSED_HEADERS =
      "Retry-After, RateLimit, RateLimit-Policy, Link, ETag, Content-Range, Accept-Ranges";

  /** Firefox keeps it a day, Chromium two hours: fewer round trips before an upload. */
  private static final int PREFLIGHT_SECONDS = 86_400;

  private final transient CorsConfig config;

  @Inject
  public Cors(Settings settings) {
    this.config = CorsConfig.from(settings);
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain next)
      throws IOException, ServletException {
    Optional<String> allowed = config.answerTo(request.getHeader("Origin"));
    if (!config.allowsAll()) {
      response.addHeader("Vary", "Origin");
    }
    allowed.ifPresent(
        origin -> {
          response.setHeader("Access-Control-Allow-Origin", origin);
          response.setHeader("Access-Control-Expose-Headers", EXPOSED_HEADERS);
        });
    if (isPreflight(request)) {
      if (allowed.isPresent()) {
        response.setHeader(
            "Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
        response.setHeader("Access-Control-Allow-Headers", ALLOWED_HEADERS);
        response.setIntHeader("Access-Control-Max-Age", PREFLIGHT_SECONDS);
      }
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      return;
    }
    next.doFilter(request, response);
  }

  private static boolean isPreflight(HttpServletRequest request) {
    return request.getMethod().equals("OPTIONS")
        && request.getHeader("Origin") != null
        && request.getHeader("Access-Control-Request-Method") != null;
  }
}
