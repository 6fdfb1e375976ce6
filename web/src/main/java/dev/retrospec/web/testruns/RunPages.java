package dev.retrospec.web.testruns;

import dev.retrospec.ids.TestRunId;
import dev.retrospec.notifications.NotificationConfig;
import dev.retrospec.web.http.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Where in the dashboard the caller's runs stand, for the answers to a CI job. */
@ApplicationScoped
public class RunPages {

  private final NotificationConfig config;
  private final Caller caller;

  @Inject
  public RunPages(NotificationConfig config, Caller caller) {
    this.config = config;
    this.caller = caller;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected RunPages() {
    this(null, null);
  }

  /** Null when nobody told where people reach RetroSpec. */
  @Nullable String of(TestRunId run) {
    String project = URLEncoder.encode(caller.project().value(), StandardCharsets.UTF_8);
    return config
        .publicUrl()
        .map(url -> "%s/admin/runs/%s?project=%s".formatted(url, run, project))
        .orElse(null);
  }
}
