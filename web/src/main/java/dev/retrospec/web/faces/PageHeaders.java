package dev.retrospec.web.faces;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;

/** What a browser may load for a page, who may frame it, and how long it may keep it. */
@WebFilter(
    urlPatterns = {
      "/admin",
      "/admin/*",
      "/login",
      "/login.xhtml",
      "/player/*",
      "/resources/*",
      "/WEB-INF/errorpages/*"
    },
    // The container forwards to the login page before any filter sees the request.
    dispatcherTypes = {DispatcherType.REQUEST, DispatcherType.FORWARD, DispatcherType.ERROR})
public class PageHeaders extends HttpFilter {

  @Serial private static final long serialVersionUID = 1L;

  /** No script but our files, no inline style, no frame around us. */
  private static final String PAGE_POLICY =
      "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self';"
          + " media-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'; script-src 'self'";

  /**
   * Its replay frame inherits this: recorded styles stand inline, recorded scripts never run, and
   * nothing is fetched from the sites that were recorded.
   */
  private static final String PLAYER_POLICY =
      "default-src 'none'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline';"
          + " font-src 'self' data:; connect-src 'self'; frame-src 'self' blob:; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'self'; script-src 'self'";

  private static final String KEEP = "public, max-age=31536000, immutable";

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain next)
      throws IOException, ServletException {
    String path = request.getServletPath();
    if (path.startsWith("/resources/")) {
      // A stamped address changes with what it leads to.
      response.setHeader("Cache-Control", request.getParameter("v") == null ? "no-cache" : KEEP);
    } else if (path.startsWith("/player/")) {
      response.setHeader("Content-Security-Policy", PLAYER_POLICY);
      // The build stamps what its document loads; of fonts the name holds the stamp.
      boolean stamped =
          request.getParameter("v") != null && !path.endsWith(".html") || path.endsWith(".woff2");
      response.setHeader("Cache-Control", stamped ? KEEP : "no-cache");
    } else {
      response.setHeader("Content-Security-Policy", PAGE_POLICY);
      // After signing out, "back" must not show what was there.
      response.setHeader("Cache-Control", "no-store");
    }
    next.doFilter(request, response);
  }
}
