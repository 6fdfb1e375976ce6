package dev.retrospec.system;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one {@link RetroSpec} of this Maven run: started before the first test that asks
 * for it, stopped after the last. When {@code RETROSPEC_URL} is set (by {@code eval "$(./retrospec
 * env)"}) tests use that running one, and leave it running.
 */
public final class RunningRetroSpec implements ParameterResolver {

  /** Defaults are made for days of traffic; a test must not wait minutes for a timer. */
  private static final Map<String, String> IMPATIENT =
      Map.of(
          "SPOOL_QUIET_SECONDS", "2",
          "SPOOL_MAX_WAIT_SECONDS", "4",
          "JOB_LEASE_SECONDS", "15",
          // All tests come from one address; GuardedServerIT has the limit.
          "RATE_LIMIT_MAX_REQUESTS", "1000000");

  /**
   * Where {@link CiMemoryIT}, {@link AlertsIT} and {@link TrackersIT} listen; the names are those
   * of {@code sdk/ci/demo/settings.sh}. For all others nobody is there to be told, so that nothing
   * is sent.
   */
  static final Map<String, String> TOLD =
      Map.of(
          "GITHUB_API_URL", "http://127.0.0.1:" + RetroSpec.freePort(),
          "GITHUB_TOKEN", "token-of-the-demonstration",
          "GITHUB_REPOSITORY", "shop/tea-front-end",
          "SLACK_API_URL", "http://127.0.0.1:" + RetroSpec.freePort() + "/api/",
          "TICKET_SERVERS", "http://127.0.0.1:" + RetroSpec.freePort(),
          "SMTP_HOST", "127.0.0.1",
          "SMTP_PORT", Integer.toString(RetroSpec.freePort()),
          "SMTP_SECURITY", "none",
          "NOTIFICATION_EMAIL_AUTHOR", "false");

  private static final Namespace NAMESPACE = Namespace.create(RunningRetroSpec.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == RetroSpec.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return of(context);
  }

  static RetroSpec of(ExtensionContext context) {
    // The root store closes what is AutoCloseable when the run ends.
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(RetroSpec.class, type -> startOrAttach(), RetroSpec.class);
  }

  private static RetroSpec startOrAttach() {
    String url = System.getenv("RETROSPEC_URL");
    if (url != null && !url.isBlank()) {
      return RetroSpec.attach(System.getenv());
    }
    Map<String, String> settings = new HashMap<>(IMPATIENT);
    settings.putAll(TOLD);
    return RetroSpec.start(Path.of("target", "system-test", "home").toAbsolutePath(), settings);
  }
}
