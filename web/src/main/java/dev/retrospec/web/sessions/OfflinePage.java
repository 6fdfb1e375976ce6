package dev.retrospec.web.sessions;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Writes one HTML file that plays a recording by itself: the player, and each answer that it would
 * ask the server for as a script element of JSON. The file's own policy lets run nothing but that
 * very player and asks nobody for anything.
 */
final class OfflinePage {

  private static final String POLICY =
      "default-src 'none'; script-src 'sha256-%s'; style-src 'unsafe-inline'; img-src data: blob:;"
          + " font-src data:; base-uri 'none'; form-action 'none'";

  private static final String BEGIN =
      """
      <!doctype html>
      <html lang="en" data-session="%s">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="%s">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="referrer" content="no-referrer">
      <title>Session %s – RetroSpec</title>
      <style>%s</style>
      </head>
      <body>
      <main id="player" class="player"></main>
      <noscript>The replay needs JavaScript in this browser.</noscript>
      """;

  private final OutputStream out;
  private final String script;

  /**
   * @param script the player, which holds nothing that ends a script element
   */
  OfflinePage(OutputStream out, String script) {
    this.out = out;
    this.script = script;
  }

  /** Writes JSON; the stream need not be closed. */
  interface Content {
    void writeTo(OutputStream json) throws IOException;
  }

  /**
   * @param session an id, whose characters mean nothing in HTML
   */
  void begin(String session, String style) throws IOException {
    String policy = POLICY.formatted(Base64.getEncoder().encodeToString(sha256(script)));
    text(BEGIN.formatted(session, policy, session, style));
  }

  /** What the server answers at {@code /v1/sessions/{id}/{path}}. */
  void answer(String path, Content content) throws IOException {
    text("<script type=\"application/json\" data-path=\"" + path + "\">");
    content.writeTo(new JsonInHtml(out));
    text("</script>\n");
  }

  /** Last, because the player looks for its answers when it begins. */
  void end() throws IOException {
    text("<script>" + script + "</script>\n</body>\n</html>\n");
    out.flush();
  }

  private void text(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
