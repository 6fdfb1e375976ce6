package dev.retrospec.web.faces;

import java.util.Set;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Markdown as HTML that may stand in a page: HTML in the text is shown, not obeyed, and links and
 * images become their words, because nobody vouches for where a model's or a test's text leads.
 */
final class Markdown {

  private static final Parser PARSER = Parser.builder().build();

  private static final HtmlRenderer RENDERER =
      HtmlRenderer.builder()
          .escapeHtml(true)
          .softbreak("<br>")
          .nodeRendererFactory(Words::new)
          .build();

  private Markdown() {}

  static String html(String markdown) {
    return RENDERER.render(PARSER.parse(markdown));
  }

  /** Leaves links and images out, and their texts in. */
  private record Words(HtmlNodeRendererContext context) implements NodeRenderer {

    @Override
    public Set<Class<? extends Node>> getNodeTypes() {
      return Set.of(Link.class, Image.class);
    }

    @Override
    public void render(Node node) {
      for (Node part = node.getFirstChild(); part != null; part = part.getNext()) {
        context.render(part);
      }
      if (node instanceof Link link && isNotItsText(link)) {
        context.getWriter().text(" (" + link.getDestination() + ")");
      }
    }

    private static boolean isNotItsText(Link link) {
      return !(link.getFirstChild() instanceof Text text
          && text.getLiteral().equals(link.getDestination()));
    }
  }
}
