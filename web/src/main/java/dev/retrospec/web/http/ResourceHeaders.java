package dev.retrospec.web.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;

/**
 * What browsers may do with answers of the API, with the SDK's script and with the API's
 * documentation. Headers that everything shares are the server's (50-web.cli); pages have a filter
 * of their own.
 */
@WebFilter(
    urlPatterns = {
      "/v1/*",
      "/api/*",
      "/snapshot/*",
      "/test-runs",
      "/test-runs/*",
      "/patterns",
      "/patterns/*",
      "/notify",
      "/notify/*",
      "/health",
      "/healthz",
      "/metrics",
      "/sdk/*",
      "/docs/*",
      "/webjars/*"
    },
    asyncSupported = true)
public class ResourceHeaders extends HttpFilter {

  @Serial private static final long serialVersionUID = 1L;

  /** An answer is data: whatever a browser takes it for, nothing in it runs. */
  private static final String DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox";

  /** Swagger UI writes styles inline; its scripts are files of ours. */
  private static final String DOCS_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
          + " img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'none'";

  private static final String FOREVER = "public, max-age=31536000, immutable";

  /** A fix of the SDK reaches every page within minutes; the old one may stand in for a day. */
  private static final String FLOATING = "public, max-age=300, stale-while-revalidate=86400";

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain next)
      throws IOException, ServletException {
    String path = request.getRequestURI();
    if (path.startsWith("/sdk/")) {
      response.setHeader("Cache-Control", isVersioned(path) ? FOREVER : FLOATING);
      // Customers' pages load it, with "integrity" also as a CORS request.
      response.setHeader("Access-Control-Allow-Origin", "*");
      response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
    } else if (path.startsWith("/webjars/")) {
      response.setHeader("Cache-Control", FOREVER);
    } else if (path.startsWith("/docs/")) {
      response.setHeader("Content-Security-Policy", DOCS_POLICY);
      // Not "no-cache": the archive's files all have the same date, so asking whether one is newer
      // would answer no after an upgrade.
      response.setHeader("Cache-Control", "no-store");
    } else {
      response.setHeader("Content-Security-Policy", DATA_POLICY);
      // Whoever may keep an answer says so itself.
      response.setHeader("Cache-Control", "no-store");
    }
    next.doFilter(request, response);
  }

  /** {@code /sdk/1.2.3/…} never changes its content. */
  static boolean isVersioned(String path) {
    return path.matches("/sdk/\\d[^/]*/.*");
  }
}
