package dev.retrospec.web.faces;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives pages their addresses: {@code /admin/issues} is a list, {@code /admin/issues/{id}} one of
 * its items. The id is left in the request as {@link #ID}.
 */
@WebFilter({"/admin", "/admin/*", "/login"})
public class PageRoutes extends HttpFilter {

  @Serial private static final long serialVersionUID = 1L;

  /** The request attribute with the id at the end of the address. */
  public static final String ID = "dev.retrospec.page.id";

  private static final Map<String, String> LISTS =
      Map.of(
          "/login", "/login.xhtml",
          "/admin/issues", "/admin/issues.xhtml",
          "/admin/merge", "/admin/merge.xhtml",
          "/admin/sessions", "/admin/sessions.xhtml",
          "/admin/runs", "/admin/runs.xhtml",
          "/admin/tests", "/admin/tests.xhtml",
          "/admin/patterns", "/admin/patterns.xhtml",
          "/admin/alerts", "/admin/alerts.xhtml",
          "/admin/projects", "/admin/projects.xhtml");

  private static final Map<String, String> ITEMS =
      Map.of(
          "/admin/issues", "/admin/issue.xhtml",
          "/admin/sessions", "/admin/session.xhtml",
          "/admin/runs", "/admin/run.xhtml",
          "/admin/tests", "/admin/test.xhtml",
          "/admin/patterns", "/admin/pattern.xhtml",
          "/admin/alerts", "/admin/alert.xhtml",
          "/admin/projects", "/admin/project.xhtml");

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain next)
      throws IOException, ServletException {
    String path =
        request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
    if (path.equals("/admin") || path.equals("/admin/")) {
      response.sendRedirect("/admin/issues");
      return;
    }
    String page = LISTS.get(path);
    int end = path.lastIndexOf('/');
    if (page == null && end > 0 && end < path.length() - 1) {
      page = item(path.substring(0, end));
      request.setAttribute(ID, path.substring(end + 1));
    }
    if (page == null) {
      // What a page is made of has no address of its own.
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
    } else {
      request.getRequestDispatcher(page).forward(request, response);
    }
  }

  private static @Nullable String item(String list) {
    return ITEMS.get(list);
  }
}
