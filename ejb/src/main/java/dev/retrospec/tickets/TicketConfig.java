package dev.retrospec.tickets;

import dev.retrospec.platform.config.Settings;
import dev.retrospec.platform.failure.InvalidRequest;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which trackers may be spoken to.
 *
 * @param servers origins; {@code https://*.example.com} stands for all subdomains. Nothing else is
 *     ever asked, whatever a project sets: a project's admin must not make the server ask what they
 *     cannot reach themselves
 * @param publicUrl where people reach RetroSpec, without a slash at its end
 */
public record TicketConfig(List<String> servers, Optional<String> publicUrl) {

  private static final String DEFAULT_SERVERS =
      "https://api.github.com,https://gitlab.com,https://*.atlassian.net,https://api.linear.app";

  public TicketConfig {
    servers = List.copyOf(servers);
  }

  public static TicketConfig from(Settings settings) {
    return new TicketConfig(
        settings.list("TICKET_SERVERS", DEFAULT_SERVERS),
        settings.text("RETROSPEC_PUBLIC_URL").map(url -> url.replaceAll("/+$", "")));
  }

  /**
   * The address without what follows its host and path.
   *
   * @throws InvalidRequest when it is none, or of a server that may not be asked
   */
  URI allowed(String address) {
    URI uri;
    try {
      uri = URI.create(address.strip().replaceAll("/+$", ""));
    } catch (IllegalArgumentException e) {
      throw new InvalidRequest("server must be an address such as https://jira.example.com");
    }
    if (uri.getHost() == null
        || uri.getUserInfo() != null
        || uri.getQuery() != null
        || uri.getFragment() != null) {
      throw new InvalidRequest("server must be an address such as https://jira.example.com");
    }
    String origin =
        (uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()))
            .toLowerCase(Locale.ROOT);
    if (servers.stream().noneMatch(pattern -> matches(pattern.toLowerCase(Locale.ROOT), origin))) {
      throw new InvalidRequest(
          "server is not one that the operator allows (TICKET_SERVERS): " + origin);
    }
    return uri;
  }

  private static boolean matches(String pattern, String origin) {
    int star = pattern.indexOf("://*.");
    if (star < 0) {
      return pattern.equals(origin);
    }
    return origin.startsWith(pattern.substring(0, star + 3))
        && origin.endsWith(pattern.substring(star + 4))
        && origin.length() > pattern.length() - 1;
  }
}
