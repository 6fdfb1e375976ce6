package dev.retrospec.workers.snapshots;

import dev.retrospec.privacy.SecretNames;
import dev.retrospec.privacy.SecretText;
import java.util.Locale;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/**
 * The document without what looks secret: values of password and hidden inputs, values of anything
 * that is named like a secret, values in addresses, and what the scrub finds in texts, scripts,
 * comments and attributes.
 */
final class HtmlRedaction {

  private static final Set<String> ADDRESSES =
      Set.of(
          "href",
          "src",
          "action",
          "formaction",
          "poster",
          "data",
          "cite",
          "background",
          "xlink:href");

  /** A document that says more is cut off there. */
  private static final int MAX_CHARACTERS = 3_000_000;

  private final SecretText secrets = new SecretText();

  String redact(String html) {
    Document document =
        Jsoup.parse(html.length() <= MAX_CHARACTERS ? html : html.substring(0, MAX_CHARACTERS));
    document.outputSettings().prettyPrint(false);
    document.traverse((NodeVisitor) (node, depth) -> clean(node));
    return document.outerHtml();
  }

  private void clean(Node node) {
    if (node instanceof Element element) {
      attributes(element);
    } else if (node instanceof TextNode text) {
      text.text(secrets.redact(text.getWholeText()));
    } else if (node instanceof DataNode data && !isStyle(data)) {
      data.setWholeData(secrets.redact(data.getWholeData()));
    } else if (node instanceof Comment comment) {
      comment.setData(secrets.redact(comment.getData()));
    }
  }

  private static boolean isStyle(DataNode data) {
    Node parent = data.parent();
    return parent != null && parent.normalName().equals("style");
  }

  private void attributes(Element element) {
    boolean secretValue = holdsSecret(element);
    for (Attribute attribute : element.attributes().asList()) {
      String name = attribute.getKey().toLowerCase(Locale.ROOT);
      String value = attribute.getValue();
      if (value == null || value.isEmpty() || name.equals("style") || name.equals("class")) {
        continue;
      }
      if (name.equals("value") || name.equals("content")) {
        element.attr(attribute.getKey(), secretValue ? SecretText.TAG : secrets.redact(value));
      } else if (ADDRESSES.contains(name)) {
        element.attr(attribute.getKey(), secrets.redactUrl(value));
      } else if (name.startsWith("data-") && SecretNames.isSecret(name)) {
        element.attr(attribute.getKey(), SecretText.TAG);
      } else if (!name.equals("name") && !name.equals("id") && !name.equals("for")) {
        element.attr(attribute.getKey(), secrets.redact(value));
      }
    }
  }

  /** An input that nobody sees, or whatever has a name that says so. */
  private static boolean holdsSecret(Element element) {
    String type = element.attr("type").toLowerCase(Locale.ROOT);
    return (element.normalName().equals("input")
            && (type.equals("password") || type.equals("hidden")))
        || SecretNames.isSecret(element.attr("name"))
        || SecretNames.isSecret(element.id())
        || SecretNames.isSecret(element.attr("http-equiv"));
  }
}
