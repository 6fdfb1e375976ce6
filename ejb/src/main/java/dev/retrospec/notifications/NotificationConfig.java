package dev.retrospec.notifications;

import dev.retrospec.platform.config.InvalidSetting;
import dev.retrospec.platform.config.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where messages about runs go, unless a project wants something else, and with whose rights.
 *
 * @param slack the incoming webhook; its address is a secret
 * @param github empty: neither comments nor Gists
 * @param mail empty: no e-mail
 * @param webhook empty: no webhook
 * @param publicUrl where people reach RetroSpec, without a slash at its end
 * @param retention how long messages are kept
 * @param production whether keys are in hands nobody knows: then no run of another project than the
 *     default one names a repository that is not listed, and no author gets letters whose domain is
 *     not known
 */
public record NotificationConfig(
    Optional<URI> slack,
    Optional<GitHub> github,
    Optional<Mail> mail,
    Optional<Hook> webhook,
    Optional<String> publicUrl,
    Duration retention,
    boolean production) {

  /**
   * The rights to comment and to make Gists.
   *
   * @param repositories {@code owner/name}, in which comments may be made; empty: wherever the
   *     token may, in production for the default project only. The first is that of runs which name
   *     none
   * @param gists whether long reports become secret Gists
   */
  public record GitHub(
      URI api, String token, String gistToken, List<String> repositories, boolean gists) {

    /** Without the tokens. */
    @Override
    public String toString() {
      return "GitHub[api=" + api + ", repositories=" + repositories + ", gists=" + gists + "]";
    }
  }

  /** How the connection to the mail server is protected. */
  public enum MailSecurity {
    /** Plain at first, then encrypted or not at all. */
    STARTTLS,
    TLS,
    NONE
  }

  /**
   * The mail server and those who are told.
   *
   * @param recipients of every failed run
   * @param tellAuthor whether the author is told, where it is an address
   * @param authorDomains the only domains of authors that are told; empty: all, in production those
   *     of the recipients
   */
  public record Mail(
      String host,
      int port,
      MailSecurity security,
      Optional<String> user,
      Optional<String> password,
      String from,
      List<String> recipients,
      boolean tellAuthor,
      List<String> authorDomains) {

    /** Without the password. */
    @Override
    public String toString() {
      return "Mail[host=" + host + ", port=" + port + ", security=" + security + "]";
    }
  }

  /**
   * A server that takes JSON.
   *
   * @param authorization the value of the {@code Authorization} header
   */
  public record Hook(URI url, Optional<String> authorization) {

    /** Without path and header: both may be secrets. */
    @Override
    public String toString() {
      return "Hook[" + url.getHost() + "]";
    }
  }

  public static NotificationConfig from(Settings settings) {
    return new NotificationConfig(
        http(settings, "SLACK_WEBHOOK_URL"),
        settings.text("GITHUB_TOKEN").map(token -> github(settings, token)),
        settings.text("SMTP_HOST").map(host -> mail(settings, host)),
        http(settings, "NOTIFY_WEBHOOK_URL")
            .map(url -> new Hook(url, settings.text("NOTIFY_WEBHOOK_AUTH_HEADER"))),
        http(settings, "RETROSPEC_PUBLIC_URL")
            .or(() -> http(settings, "RETROSPEC_URL"))
            .map(url -> url.toString().replaceFirst("/+$", "")),
        Duration.ofDays(settings.integer("ARTIFACT_RETENTION_DAYS", 30, 1, 3_650)),
        settings.text("RETROSPEC_MODE", "development").equalsIgnoreCase("production"));
  }

  private static GitHub github(Settings settings, String token) {
    return new GitHub(
        http(settings, "GITHUB_API_URL").orElse(URI.create("https://api.github.com")),
        token,
        settings.text("GIST_TOKEN", token),
        settings.list("GITHUB_REPOSITORY", ""),
        settings.flag("GITHUB_GISTS", true));
  }

  private static Mail mail(Settings settings, String host) {
    MailSecurity security =
        settings
            .text("SMTP_SECURITY")
            .map(NotificationConfig::security)
            .orElse(MailSecurity.STARTTLS);
    return new Mail(
        host,
        settings.integer("SMTP_PORT", security == MailSecurity.TLS ? 465 : 587, 1, 65_535),
        security,
        settings.text("SMTP_USER"),
        settings.text("SMTP_PASSWORD"),
        settings.text("NOTIFICATION_FROM_EMAIL", "retrospec@localhost"),
        settings.list("NOTIFICATION_EMAILS", ""),
        settings.flag("NOTIFICATION_EMAIL_AUTHOR", true),
        settings.list("NOTIFICATION_EMAIL_DOMAINS", "").stream()
            .map(domain -> domain.toLowerCase(Locale.ROOT))
            .toList());
  }

  private static MailSecurity security(String value) {
    try {
      return MailSecurity.valueOf(value.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new InvalidSetting("SMTP_SECURITY", "must be starttls, tls or none");
    }
  }

  private static Optional<URI> http(Settings settings, String name) {
    Optional<URI> uri = settings.uri(name);
    uri.filter(address -> !WebAddress.isHttp(address))
        .ifPresent(
            address -> {
              throw new InvalidSetting(name, "must be an http or https address");
            });
    return uri;
  }

  /**
   * Where the pages of repositories begin: of an Enterprise server, its interface stands there too.
   */
  String forge() {
    return github
        .map(GitHub::api)
        .filter(api -> !"api.github.com".equals(api.getHost()))
        .map(api -> api.getScheme() + "://" + api.getAuthority())
        .orElse("https://github.com");
  }

  /** Names what is set, never a value. */
  @Override
  public String toString() {
    return "NotificationConfig[slack=%s, github=%s, mail=%s, webhook=%s]"
        .formatted(slack.isPresent(), github.isPresent(), mail.isPresent(), webhook.isPresent());
  }
}
