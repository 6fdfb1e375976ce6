package dev.retrospec.workers.snapshots;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retrospec.privacy.SecretNames;
import dev.retrospec.privacy.SecretText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An HTTP archive without credentials: cookies, headers and fields that are named like a secret,
 * values in addresses, and what the scrub finds in bodies. Bodies stay while they are small; sizes
 * and times stay always. Holds one request at a time.
 */
final class HarRedaction {

  /** In bytes. A body of text above it tells a person nothing. */
  private static final int MAX_TEXT = 512 * 1024;

  /** In bytes: pictures and fonts of usual size. */
  private static final int MAX_BINARY = 192 * 1024;

  /** Of all bodies together. */
  private static final long MAX_BODIES = 12L * 1024 * 1024;

  /** Characters, of a message of a web socket for instance. */
  private static final int MAX_STRING = 8 * 1024 * 1024;

  /** What Playwright takes for text. */
  private static final Pattern TEXT =
      Pattern.compile(
          "(?:text/.*|application/(?:json|(?:x-)?javascript|xml.*|ecmascript|graphql"
              + "|x-www-form-urlencoded|.*\\+json|.*\\+xml)|image/svg(?:\\+xml)?)(?:;.*)?");

  /** What holds no secret that could be read out of it; of other bytes nobody knows. */
  private static final Pattern MEDIA =
      Pattern.compile("(?:image|font|audio|video)/|application/(?:x-)?font");

  private static final Set<String> LEFT_OUT = Set.of("_securityDetails");

  /** Where Playwright says in which file a body is. */
  private static final String FILE = "_file";

  private static final Pattern FILE_NAME = Pattern.compile("[a-f0-9]{40}\\.[a-z0-9]{1,10}");

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(MAX_STRING).build())
                  .build())
          .build();

  private final SecretText secrets = new SecretText();
  private final HtmlRedaction pages = new HtmlRedaction();
  private final Path har;
  private long bodies;

  /**
   * @param har with its bodies in files beside it
   */
  HarRedaction(Path har) {
    this.har = har;
  }

  /** Leaves the stream open. */
  void writeTo(OutputStream target) throws IOException {
    try (JsonParser in = MAPPER.createParser(har.toFile());
        JsonGenerator out = MAPPER.createGenerator(target)) {
      out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
        out.copyCurrentEvent(in);
        if (token == JsonToken.FIELD_NAME && in.currentName().equals("entries")) {
          in.nextToken();
          out.writeStartArray();
          while (in.nextToken() == JsonToken.START_OBJECT) {
            ObjectNode entry = MAPPER.readTree(in);
            clean(entry);
            out.writeTree(entry);
          }
          out.writeEndArray();
        } else if (token == JsonToken.FIELD_NAME && in.currentName().equals("title")) {
          in.nextToken();
          out.writeString(secrets.redact(in.getText()));
        }
      }
    }
  }

  private void clean(ObjectNode entry) throws IOException {
    entry.remove(LEFT_OUT);
    if (entry.get("request") instanceof ObjectNode request) {
      message(request);
      request.path("queryString").forEach(this::parameter);
      if (request.get("postData") instanceof ObjectNode post) {
        post.path("params").forEach(this::parameter);
        body(post);
      }
    }
    if (entry.get("response") instanceof ObjectNode response) {
      message(response);
      address(response, "redirectURL");
      if (response.get("content") instanceof ObjectNode content) {
        body(content);
      }
    }
    entry.path("_webSocketMessages").forEach(message -> text(message, "data"));
  }

  private void message(ObjectNode message) {
    address(message, "url");
    message.path("cookies").forEach(cookie -> replace(cookie, SecretText.TAG));
    message.path("headers").forEach(this::header);
  }

  private void header(JsonNode header) {
    String name = header.path("name").asText().toLowerCase(Locale.ROOT);
    String value = header.path("value").asText();
    if (SecretNames.isSecret(name) || name.equals("x-auth") || name.endsWith("-token")) {
      replace(header, SecretText.TAG);
    } else if (name.equals("referer")
        || name.equals("location")
        || name.equals("content-location")
        || name.equals(":path")) {
      replace(header, secrets.redactUrl(value));
    } else {
      replace(header, secrets.redact(value));
    }
  }

  /** As in an address: only what is known to be harmless stays. */
  private void parameter(JsonNode parameter) {
    String name = parameter.path("name").asText();
    String whole = secrets.redactUrl("?" + name + "=" + parameter.path("value").asText());
    replace(parameter, whole.substring(Math.min(whole.length(), name.length() + 2)));
  }

  private void body(ObjectNode body) throws IOException {
    JsonNode file = body.remove(FILE);
    if (file == null || !FILE_NAME.matcher(file.asText()).matches()) {
      body.remove("text");
      return;
    }
    String type = body.path("mimeType").asText().toLowerCase(Locale.ROOT);
    boolean isText = TEXT.matcher(type).matches();
    if (!isText && !MEDIA.matcher(type).lookingAt()) {
      leaveOut(body, "neither text nor a picture");
      return;
    }
    Path content = har.resolveSibling(file.asText());
    long size = Files.size(content);
    if (size > (isText ? MAX_TEXT : MAX_BINARY) || bodies + size > MAX_BODIES) {
      leaveOut(body, "too long");
      return;
    }
    bodies += size;
    byte[] bytes = Files.readAllBytes(content);
    if (isText) {
      body.put("text", redacted(type, new String(bytes, StandardCharsets.UTF_8)));
    } else {
      body.put("text", Base64.getEncoder().encodeToString(bytes));
      body.put("encoding", "base64");
    }
  }

  private String redacted(String mimeType, String text) {
    return mimeType.contains("html") ? pages.redact(text) : secrets.redact(text);
  }

  private static void leaveOut(ObjectNode body, String why) {
    body.put("comment", "left out: " + why);
  }

  private void address(ObjectNode holder, String field) {
    if (holder.path(field).isTextual()) {
      holder.put(field, secrets.redactUrl(holder.get(field).textValue()));
    }
  }

  private void text(JsonNode holder, String field) {
    if (holder instanceof ObjectNode object && object.path(field).isTextual()) {
      object.put(field, secrets.redact(object.get(field).textValue()));
    }
  }

  private static void replace(JsonNode named, String value) {
    if (named instanceof ObjectNode object && object.has("value")) {
      object.put("value", value);
    }
  }
}
