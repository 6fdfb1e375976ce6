package dev.retrospec.ingest;

import dev.retrospec.sessions.UserAgent;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;
import ua_parser.CachingParser;
import ua_parser.Client;
import ua_parser.Parser;

/** Says in words what a {@code User-Agent} text means. Safe for several threads. */
@ApplicationScoped
public class UserAgents {

  private static final String UNKNOWN = "Other";

  /** A parse takes about a millisecond, and most visitors share a few hundred texts. */
  private final Parser parser = new CachingParser();

  UserAgent parse(String text) {
    Client client = parser.parse(text);
    return new UserAgent(
        known(client.userAgent == null ? null : client.userAgent.family),
        known(client.os == null ? null : client.os.family),
        device(text, client));
  }

  private static @Nullable String known(@Nullable String family) {
    return UNKNOWN.equals(family) ? null : family;
  }

  private static String device(String text, Client client) {
    String os = client.os == null ? "" : client.os.family;
    if (text.contains("iPad")
        || text.contains("Tablet")
        || (os.equals("Android") && !text.contains("Mobile"))) {
      return "tablet";
    }
    return text.contains("Mobile") || os.equals("iOS") ? "mobile" : "desktop";
  }
}
