package dev.retrospec.artifacts;

import dev.retrospec.ids.ProjectId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The form of a permission that stands in an address: {@code v1.<expiry in epoch
 * seconds>.<HMAC-SHA-256>.<project>}. The purpose, the project and what it opens are in what is
 * signed, so that a token opens nothing else. The project stands in it, because who shows a token
 * shows no key that would tell it.
 */
public final class SignedToken {

  private static final Pattern FORM =
      Pattern.compile("v1\\.(\\d{1,12})\\.([A-Za-z0-9_-]{43})\\.([A-Za-z0-9._:-]{1,128})");

  private SignedToken() {}

  /**
   * @param purpose one word per kind of token
   * @param opens ids and names; none holds a newline, so that no two lists are the same text
   */
  public static String issue(
      byte[] secret, String purpose, Instant expiry, ProjectId project, String... opens) {
    long seconds = expiry.getEpochSecond();
    return "v1."
        + seconds
        + "."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(sign(secret, purpose, seconds, project, opens))
        + "."
        + project;
  }

  /**
   * The project for which the token was issued; empty when it opens something else, has expired, or
   * is no token of ours.
   */
  public static Optional<ProjectId> projectOf(
      String token, byte[] secret, String purpose, Instant now, String... opens) {
    Matcher form = FORM.matcher(token);
    if (!form.matches() || form.group(3).equals(".") || form.group(3).equals("..")) {
      return Optional.empty();
    }
    ProjectId project = new ProjectId(form.group(3));
    long expiry = Long.parseLong(form.group(1));
    byte[] given = Base64.getUrlDecoder().decode(form.group(2));
    // the signature first and in constant time: an answer's timing tells nothing about it
    return MessageDigest.isEqual(given, sign(secret, purpose, expiry, project, opens))
            && now.getEpochSecond() < expiry
        ? Optional.of(project)
        : Optional.empty();
  }

  private static byte[] sign(
      byte[] secret, String purpose, long expiry, ProjectId project, String... opens) {
    String text = purpose + '\n' + expiry + '\n' + project + '\n' + String.join("\n", opens);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has HmacSHA256", e);
    }
  }
}
