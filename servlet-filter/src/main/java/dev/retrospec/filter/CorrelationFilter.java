package dev.retrospec.filter;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Gives each answer an id in {@value #HEADER}, and tells RetroSpec of what is thrown behind it. The
 * exception goes on to the server as it came.
 */
public final class CorrelationFilter implements Filter {

  /** What the SDK looks for in each answer. */
  public static final String HEADER = "X-Retrospec-Correlation";

  private static final Logger LOG = System.getLogger(CorrelationFilter.class.getName());

  private @Nullable FailureReporter reporter;

  @Override
  public void init(FilterConfig config) {
    FilterSettings settings =
        FilterSettings.find(config.getServletContext()::getInitParameter, System.getenv());
    if (settings == null) {
      LOG.log(
          Level.INFO,
          "RetroSpec is told of no failure: retrospec.url and retrospec.key are not both set");
    } else {
      reporter = new FailureReporter(settings);
    }
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!(request instanceof HttpServletRequest http)) {
      chain.doFilter(request, response);
      return;
    }
    // One that is dispatched again after asynchronous work has its id already.
    Correlation known = Correlation.of(request);
    Correlation correlation =
        known == null ? correlate(http, (HttpServletResponse) response) : known;
    try {
      chain.doFilter(request, response);
    } catch (IOException | ServletException | RuntimeException | Error thrown) {
      if (!isClientGone(thrown)) {
        correlation.report(causeOf(thrown));
      }
      throw thrown;
    }
  }

  private Correlation correlate(HttpServletRequest request, HttpServletResponse response) {
    FailureReporter told = reporter;
    Correlation correlation =
        new Correlation(request.getMethod(), pathOf(request), told == null ? null : told::report);
    correlation.attachTo(request);
    response.setHeader(HEADER, correlation.id());
    // A page of another origin that may read the answer may read its id.
    response.addHeader("Access-Control-Expose-Headers", HEADER);
    return correlation;
  }

  /** Without path parameters: one of them is the visitor's session. */
  private static String pathOf(HttpServletRequest request) {
    return request.getRequestURI().replaceAll(";[^/]*", "");
  }

  /** A visitor who left is no failure; each server has its own class for it. */
  private static boolean isClientGone(Throwable thrown) {
    return thrown instanceof IOException
        && (thrown.getClass().getSimpleName().equals("ClientAbortException")
            || String.valueOf(thrown.getMessage()).contains("Broken pipe"));
  }

  /** The servlet's wrapper says nothing that its cause does not say. */
  private static Throwable causeOf(Throwable thrown) {
    return thrown instanceof ServletException wrapper && wrapper.getRootCause() != null
        ? wrapper.getRootCause()
        : thrown;
  }

  @Override
  public void destroy() {
    if (reporter != null) {
      reporter.close();
    }
  }
}
