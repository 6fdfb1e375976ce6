package dev.retrospec.web.http;

import dev.retrospec.platform.failure.InvalidRequest;
import jakarta.ws.rs.core.EntityTag;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A row's version as an ETag, and back from {@code If-Match}. */
public final class VersionTag {

  private static final Pattern TAG = Pattern.compile("(?:W/)?\"v(\\d{1,9})\"");

  private VersionTag() {}

  public static EntityTag of(int version) {
    return new EntityTag("v" + version);
  }

  /**
   * @param ifMatch absent or {@code *} means any version
   * @throws InvalidRequest when it is no tag of ours
   */
  public static OptionalInt parse(@Nullable String ifMatch) {
    if (ifMatch == null || ifMatch.isBlank() || ifMatch.strip().equals("*")) {
      return OptionalInt.empty();
    }
    Matcher tag = TAG.matcher(ifMatch.strip());
    if (!tag.matches()) {
      throw new InvalidRequest("If-Match must be the ETag of an earlier answer");
    }
    return OptionalInt.of(Integer.parseInt(tag.group(1)));
  }
}
