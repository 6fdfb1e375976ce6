package dev.retrospec.workers.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.retrospec.privacy.SecretText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a page, its requests and its console may tell once they are stored. */
class RedactionTest {

  private static final String JWT =
      "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";

  @TempDir private Path folder;

  private final SecretText secrets = new SecretText();

  @Test
  void namedSecretsGoWhereverTheyStand() {
    assertThat(secrets.redact("{\"user\":\"ann\",\"password\":\"hunter2\"}"))
        .isEqualTo("{\"user\":\"ann\",\"password\":\"[secret]\"}");
    assertThat(secrets.redact("{\"body\":\"{\\\"api_key\\\":\\\"k-1\\\",\\\"n\\\":1}\"}"))
        .isEqualTo("{\"body\":\"{\\\"api_key\\\":\\\"[secret]\\\",\\\"n\\\":1}\"}");
    assertThat(secrets.redact("var csrfToken = 'abc\\'def'; var x = 'stays';"))
        .isEqualTo("var csrfToken = '[secret]'; var x = 'stays';");
    assertThat(secrets.redact("user=ann&password=hunter2&next=%2Fhome"))
        .isEqualTo("user=ann&password=[secret]&next=%2Fhome");
    assertThat(secrets.redact("Authorization: Bearer abcdef1234567890"))
        .doesNotContain("abcdef1234567890");
    assertThat(secrets.redact("mail to ann@example.com with " + JWT))
        .isEqualTo("mail to [email] with [jwt]");
  }

  @Test
  void redactingTwiceChangesNothingMore() {
    String once = secrets.redact("{\"password\":\"a b\"} token=abc&x=1 otp = \"1234\"");

    assertThat(secrets.redact(once)).isEqualTo(once);
  }

  @Test
  void theDocumentLosesItsSecretsAndKeepsItsShape() {
    String html =
        """
        <!doctype html><html><head><meta name="csrf-token" content="c5rf"><title>Checkout</title>
        <style>a{content:"ann@example.com"}</style>
        <script>window.state={"accessToken":"s3cr3t","items":3}</script></head>
        <body data-api-key="k-123" class="big"><!-- password=hunter2 -->
        <input type="hidden" name="javax.faces.ViewState" value="v1ew">
        <input type="password" value="hunter2"><input name="city" value="Bern">
        <a href="https://shop.example/reset?code=abc123&page=2">reset</a>
        <p>Ask ann@example.com</p></body></html>
        """;

    String clean = new HtmlRedaction().redact(html);

    assertThat(clean)
        .doesNotContain("c5rf", "s3cr3t", "k-123", "hunter2", "v1ew", "abc123", "Ask ann@")
        .contains("<title>Checkout</title>", "\"items\":3", "value=\"Bern\"", "class=\"big\"")
        .contains("page=2", "Ask [email]", "a{content:\"ann@example.com\"}");
  }

  @Test
  void theArchiveLosesCredentialsAndKeepsWhatHappened() throws IOException {
    String har =
        """
{"log":{"version":"1.2","pages":[{"id":"p","title":"Inbox of ann@example.com"}],"entries":[
{"time":12.5,"request":{"method":"POST","url":"https://shop.example/pay?session=abc&page=2",
 "cookies":[{"name":"sid","value":"c00kie"}],
 "headers":[{"name":"Cookie","value":"sid=c00kie"},{"name":"Authorization","value":"Basic YW5uOmh1bnRlcjI="},
   {"name":"X-Api-Key","value":"k-123"},{"name":"Referer","value":"https://shop.example/?ref=abc"},
   {"name":"Accept","value":"text/html"}],
 "queryString":[{"name":"session","value":"abc"},{"name":"page","value":"2"}],
 "postData":{"mimeType":"application/json","params":[{"name":"pin","value":"9876"}],"_file":"%1$s.json"}},
 "response":{"status":302,"redirectURL":"https://shop.example/done?token=abc",
 "cookies":[{"name":"sid","value":"n3w"}],
 "headers":[{"name":"Set-Cookie","value":"sid=n3w"},{"name":"Location","value":"/done?token=abc"}],
 "content":{"size":4,"mimeType":"text/html","_file":"%2$s.html"}}},
{"request":{"url":"https://shop.example/a.png"},"response":{"content":{"mimeType":"image/png","_file":"%3$s.png"}}},
{"request":{"url":"https://shop.example/b"},"response":{"content":{"mimeType":"application/octet-stream","_file":"%4$s.bin"}}},
{"request":{"url":"https://shop.example/up"},"response":{"content":{"mimeType":"text/plain","_file":"../outside.txt"}}},
{"request":{"url":"https://shop.example/c"},"response":{"content":{"mimeType":"text/plain","_file":"%5$s.txt"}}}
]}}
"""
            .formatted(
                body("json", "{\"password\":\"hunter2\",\"amount\":12}"),
                body("html", "<p>ann@example.com</p>"),
                body("png", "picture"),
                body("bin", "hunter2"),
                body("txt", "x".repeat(600_000)));
    Path file = Files.writeString(folder.resolve("network.har"), har);
    Files.writeString(folder.resolveSibling("outside.txt"), "outside");
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    new HarRedaction(file).writeTo(out);

    String clean = out.toString(StandardCharsets.UTF_8);
    assertThat(clean)
        .doesNotContain("c00kie", "n3w", "YW5u", "k-123", "abc", "9876", "hunter2", "ann@")
        .doesNotContain("aHVudGVyMg", "outside\"", "_file");
    JsonNode entries = new ObjectMapper().readTree(clean).at("/log/entries");
    assertThat(entries).hasSize(5);
    assertThat(entries.at("/0/time").asDouble()).isEqualTo(12.5);
    assertThat(entries.at("/0/request/queryString/1/value").asText()).isEqualTo("2");
    assertThat(entries.at("/0/request/headers/4/value").asText()).isEqualTo("text/html");
    assertThat(entries.at("/0/request/postData/text").asText())
        .isEqualTo("{\"password\":\"[secret]\",\"amount\":12}");
    assertThat(entries.at("/1/response/content/text").asText()).isEqualTo("cGljdHVyZQ==");
    assertThat(entries.at("/4/response/content/comment").asText()).contains("too long");
  }

  /** As Playwright keeps it: in a file that is named after its hash. */
  private String body(String ending, String content) throws IOException {
    String name = String.format("%040x", content.hashCode() & 0xffffffffL);
    Files.writeString(folder.resolve(name + "." + ending), content);
    return name;
  }
}
