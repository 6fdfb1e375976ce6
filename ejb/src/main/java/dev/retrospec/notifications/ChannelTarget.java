package dev.retrospec.notifications;

import dev.retrospec.platform.failure.InvalidRequest;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a project wants of a channel; what is null comes from the environment's settings.
 *
 * @param url of {@code slack} and {@code webhook}; a secret
 * @param authorization of {@code webhook}; a secret
 * @param repositories of {@code github}: the only ones in which comments may be made
 * @param recipients of {@code email}
 * @param tellAuthor of {@code email}: whether the author is told
 */
public record ChannelTarget(
    @Nullable String url,
    @Nullable String authorization,
    @Nullable List<String> repositories,
    @Nullable List<String> recipients,
    @Nullable Boolean tellAuthor) {

  /** Nothing of its own. */
  public static final ChannelTarget NONE = new ChannelTarget(null, null, null, null, null);

  private static final int MAX_ENTRIES = 50;
  private static final int MAX_LENGTH = 1_000;
  private static final Pattern REPOSITORY = Pattern.compile("[A-Za-z0-9._-]+/[A-Za-z0-9._-]+");

  /**
   * @throws InvalidRequest when a field cannot be what it is said to be
   */
  public ChannelTarget {
    if (url != null && (url.length() > MAX_LENGTH || WebAddress.link(url).isEmpty())) {
      throw new InvalidRequest("url must be an absolute http or https address");
    }
    if (authorization != null
        && (authorization.length() > MAX_LENGTH
            || authorization.chars().anyMatch(Character::isISOControl))) {
      throw new InvalidRequest("authorization must be one line of at most 1,000 characters");
    }
    repositories = repositories == null ? null : List.copyOf(repositories);
    recipients = recipients == null ? null : List.copyOf(recipients);
    if (repositories != null && !repositories.stream().allMatch(ChannelTarget::isRepository)) {
      throw new InvalidRequest("repositories must be a list of owner/name");
    }
    if (recipients != null && !recipients.stream().allMatch(MailAddress::isOne)) {
      throw new InvalidRequest("recipients must be a list of e-mail addresses");
    }
    if ((repositories != null && repositories.size() > MAX_ENTRIES)
        || (recipients != null && recipients.size() > MAX_ENTRIES)) {
      throw new InvalidRequest("a list may have at most 50 entries");
    }
  }

  static boolean isRepository(String text) {
    return text.length() <= MAX_LENGTH
        && REPOSITORY.matcher(text).matches()
        && !text.matches("(^|.*/)\\.{1,2}(/.*|$)"); // they would be steps in the address of the API
  }

  @Nullable URI address() {
    return url == null ? null : URI.create(url.strip());
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "ChannelTarget[repositories=" + repositories + ", tellAuthor=" + tellAuthor + "]";
  }
}
