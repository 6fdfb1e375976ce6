package dev.retrospec.privacy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes secrets and personal data out of text of any shape: logs, errors, stacks, diffs, scripts,
 * bodies of requests. Secrets are known by their own shape (tokens of well-known issuers, private
 * keys), or by the name before them (in JSON, forms, multipart bodies, YAML, environment files,
 * headers, XML and code); the rest is what the {@link Scrubber} finds. Linear in its input, safe
 * for use by several threads; a second time changes nothing more, and no line is lost or added.
 *
 * <p>Scrub before cutting: half a secret is not recognised.
 */
public final class SecretText {

  /** What stands where a secret stood. */
  public static final String TAG = ScrubRule.SECRET_FIELD.tag();

  private static final String OWN_TOKEN = "artifactToken";

  private final Scrubber scrubber = new Scrubber();

  /**
   * @return the same instance when nothing was found
   */
  public String redact(String text) {
    String shapeless = TokenShapes.redact(PrivateKeys.redact(text));
    return scrubber.scrubText(new NamedValues(shapeless).redact());
  }

  /** The texts in a tree of JSON: names say which of them are secret; numbers are looked at too. */
  public Map<String, Object> redact(Map<String, Object> fields) {
    Map<String, Object> clean = new LinkedHashMap<>();
    fields.forEach(
        (name, value) -> clean.put(redact(name), value(SecretNames.isSecret(name), value)));
    return clean;
  }

  private @Nullable Object value(boolean secret, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> inner = new LinkedHashMap<>();
      map.forEach((name, field) -> inner.put(String.valueOf(name), field));
      return redact(inner);
    }
    if (value instanceof Collection<?> list) {
      List<@Nullable Object> clean = new ArrayList<>(list.size());
      list.forEach(item -> clean.add(value(secret, item)));
      return clean;
    }
    if (value == null || secret) {
      return value == null ? null : TAG;
    }
    String text = value.toString();
    String clean = redact(text);
    return clean.equals(text) ? value : clean;
  }

  /**
   * An address that must go on working: what has a secret's name in its query, and the user before
   * its host, are taken out, other values stay. Tokens of our own signed links stay, because they
   * open one artifact for a time and nothing else.
   *
   * @return the same instance when nothing was found
   */
  public String redactLink(String url) {
    String shapeless = TokenShapes.redact(url);
    Replacement clean = new Replacement(shapeless);
    int host = shapeless.indexOf("://") + 3;
    int query = host;
    while (query < shapeless.length() && "/?#".indexOf(shapeless.charAt(query)) < 0) {
      query++;
    }
    int user = host > 2 ? shapeless.lastIndexOf('@', query) : -1;
    if (user >= host) {
      clean.put(host, user + 1, "");
    }
    for (int i = query; i < shapeless.length(); i++) {
      FieldName name = shapeless.charAt(i) == '=' ? FieldName.before(shapeless, i) : null;
      if (name == null || name.name().equals(OWN_TOKEN) || !SecretNames.isSecret(name.name())) {
        continue;
      }
      int end = i + 1;
      while (end < shapeless.length() && "&#".indexOf(shapeless.charAt(end)) < 0) {
        end++;
      }
      clean.put(i + 1, end, TAG);
      i = end - 1;
    }
    return clean.result();
  }

  /**
   * An address as a whole: values of unknown parameters, user-info, and tokens in its path.
   *
   * @return the same instance when nothing was found
   */
  public String redactUrl(String url) {
    return scrubber.scrubUrl(TokenShapes.redact(url));
  }
}
