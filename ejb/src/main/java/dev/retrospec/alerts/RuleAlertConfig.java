package dev.retrospec.alerts;

import dev.retrospec.platform.config.InvalidSetting;
import dev.retrospec.platform.config.Settings;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.snapshots.AddressRules;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * Where rules of projects may post.
 *
 * @param production whether addresses must be https
 * @param addresses beside the Internet at large on its usual ports
 * @param slackApi where a bot's calls go
 */
public record RuleAlertConfig(boolean production, AddressRules addresses, URI slackApi) {

  /** In development servers of the same machine are told, which is how one tries it. */
  private static final String OF_DEVELOPMENT = "127.0.0.1:*, [::1]:*";

  public static RuleAlertConfig from(Settings settings) {
    boolean production =
        settings.text("RETROSPEC_MODE", "development").equalsIgnoreCase("production");
    URI slackApi = settings.uri("SLACK_API_URL").orElse(URI.create("https://slack.com/api/"));
    if (slackApi.getHost() == null
        || !slackApi.toString().toLowerCase(Locale.ROOT).startsWith("http")) {
      throw new InvalidSetting("SLACK_API_URL", "must be an http or https address");
    }
    try {
      return new RuleAlertConfig(
          production,
          AddressRules.of(
              settings.list("ALERT_ALLOWED_ADDRESSES", production ? "" : OF_DEVELOPMENT)),
          slackApi);
    } catch (InvalidRequest e) {
      throw new InvalidSetting("ALERT_ALLOWED_ADDRESSES", "is not understood: " + e.getMessage());
    }
  }

  /**
   * Whether a connection may be made. Ask it with the very address that it then goes to.
   *
   * @param host as the project named it
   */
  public boolean reaches(String host, int port, InetAddress address) {
    return addresses.reaches(host, port, address);
  }

  /**
   * What can be said of an address before anybody looks its name up.
   *
   * @throws InvalidRequest when a channel cannot have it
   */
  URI checked(String url) {
    URI uri;
    try {
      uri = new URI(url.strip());
    } catch (java.net.URISyntaxException e) {
      throw new InvalidRequest("url must be an absolute https address");
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      throw new InvalidRequest("url must be an absolute https address without a user's name");
    }
    if (!scheme.equals("https") && (production || !scheme.equals("http"))) {
      throw new InvalidRequest("url must begin with https://");
    }
    checkLiteral(uri);
    return uri;
  }

  private void checkLiteral(URI uri) {
    String host = uri.getHost();
    if (!host.startsWith("[") && !host.matches("[0-9.]+")) {
      return; // a name: looked up, and checked, whenever something is sent
    }
    try {
      InetAddress address = InetAddress.getByName(host); // no look-up: it is an address
      if (!reaches(host, port(uri), address)) {
        throw new InvalidRequest("url leads to an address that alerts may not be sent to");
      }
    } catch (UnknownHostException e) {
      throw new InvalidRequest("url must be an absolute https address");
    }
  }

  /** The port that is meant. */
  public static int port(URI uri) {
    if (uri.getPort() > 0) {
      return uri.getPort();
    }
    return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
  }
}
