package dev.retrospec.recordings;

import java.util.Random;

/**
 * Makes event JSON in the shape that rrweb 2 records: meta, full snapshot with style sheets and
 * SVG, then mutations, mouse moves, inputs, clicks, network and console entries. The same seed
 * gives the same bytes. Nothing in it is private, so a scrub must leave it as it is.
 */
public final class RrwebFixture {

  private static final long START = 1_763_700_000_000L;

  private static final String[] WORDS = {
    "order",
    "summary",
    "Lieferung",
    "total",
    "checkout",
    "item",
    "delivery",
    "Rechnung",
    "address",
    "shipping",
    "gratis",
    "voucher",
    "payment",
    "method",
    "continue",
    "return",
    "policy",
    "customer",
    "review",
    "stars",
    "available",
    "Größe",
    "colour",
    "quantity",
    "remove",
    "basket",
    "price",
    "sale"
  };

  private static final String[] TAGS = {
    "div", "span", "p", "li", "a", "section", "button", "td", "h3", "img", "label"
  };

  private final Random random;
  private final StringBuilder json;
  private int nodeId = 10;
  private long at = START;

  private RrwebFixture(int size, long seed) {
    this.random = new Random(seed);
    this.json = new StringBuilder(size + 4_096);
  }

  /**
   * @param size approximate length of the JSON, in characters; at least about 4,000
   */
  public static String events(int size, long seed) {
    return new RrwebFixture(size, seed).build(size);
  }

  private String build(int size) {
    json.append('[');
    event(
        4,
        "{\"href\":\"https://shop.example/checkout/cart?page=2&lang=en\",\"width\":1440,\"height\":900}");
    snapshot(size * 2 / 5);
    while (json.length() < size) {
      json.append(',');
      switch (random.nextInt(10)) {
        case 0, 1, 2 -> mutation();
        case 3, 4, 5 -> mouseMove();
        case 6 -> event(3, "{\"source\":3,\"id\":1,\"x\":0,\"y\":" + random.nextInt(4000) + "}");
        case 7 ->
            event(
                3,
                "{\"source\":2,\"type\":"
                    + random.nextInt(7)
                    + ",\"id\":"
                    + anyNode()
                    + ",\"x\":"
                    + random.nextInt(1440)
                    + ",\"y\":"
                    + random.nextInt(900)
                    + "}");
        case 8 ->
            event(
                3,
                "{\"source\":5,\"text\":\"********\",\"isChecked\":false,\"id\":"
                    + anyNode()
                    + "}");
        default -> custom();
      }
    }
    return json.append(']').toString();
  }

  private void event(int type, String data) {
    json.append("{\"type\":").append(type).append(",\"data\":").append(data);
    end();
  }

  private void end() {
    at += 5 + random.nextInt(200);
    json.append(",\"timestamp\":").append(at).append('}');
  }

  private int anyNode() {
    return 1 + random.nextInt(nodeId);
  }

  private void snapshot(int size) {
    json.append(
        ",{\"type\":2,\"data\":{\"node\":{\"type\":0,\"childNodes\":[{\"type\":1,\"name\":\"html\","
            + "\"publicId\":\"\",\"systemId\":\"\",\"id\":2},{\"type\":2,\"tagName\":\"html\",\"attributes\":"
            + "{\"lang\":\"de\"},\"childNodes\":[{\"type\":2,\"tagName\":\"head\",\"attributes\":{},"
            + "\"childNodes\":[{\"type\":2,\"tagName\":\"style\",\"attributes\":{\"_cssText\":\"");
    int end = json.length() + size / 4;
    while (json.length() < end) {
      json.append(".c-")
          .append(Integer.toHexString(random.nextInt(1 << 20)))
          .append(" > li:nth-child(2n+1)::before { margin: ")
          .append(random.nextInt(40))
          .append("px 0.5rem; color: rgb(20, 120, ")
          .append(random.nextInt(256))
          .append("); background: url(\\\"https://cdn.shop.example/i/logo@2x.png?v=")
          .append(random.nextInt(1000))
          .append("\\\"); } ");
    }
    json.append(
            "\"},\"childNodes\":[],\"id\":5}],\"id\":4},{\"type\":3,\"textContent\":\"\\n  \",\"id\":6},")
        .append(
            "{\"type\":2,\"tagName\":\"body\",\"attributes\":{\"class\":\"page\"},\"childNodes\":[");
    end = json.length() + size * 3 / 4;
    boolean first = true;
    while (json.length() < end) {
      json.append(first ? "" : ",");
      first = false;
      element(3);
    }
    json.append("],\"id\":7}],\"id\":3}],\"id\":1},\"initialOffset\":{\"left\":0,\"top\":0}}");
    end();
  }

  private void element(int depth) {
    String tag = TAGS[random.nextInt(TAGS.length)];
    json.append("{\"type\":2,\"tagName\":\"").append(tag).append("\",\"attributes\":{\"class\":\"");
    words(2, "-");
    json.append(" css-").append(Integer.toHexString(random.nextInt(1 << 28))).append('"');
    switch (tag) {
      case "a" ->
          json.append(",\"href\":\"https://shop.example/p/")
              .append(random.nextInt(100_000))
              .append("/details#reviews\"");
      case "img" ->
          json.append(",\"src\":\"https://cdn.shop.example/i/")
              .append(Long.toHexString(random.nextLong()))
              .append(".webp?w=320&h=240\",\"alt\":\"product\"");
      case "button" -> json.append(",\"aria-label\":\"remove item\",\"data-testid\":\"remove\"");
      default -> {
        if (random.nextInt(6) == 0) {
          json.append(",\"style\":\"width: ").append(random.nextInt(900)).append("px;\"");
        }
      }
    }
    json.append("},\"childNodes\":[");
    if (random.nextInt(12) == 0) {
      svg();
    } else if (depth > 0 && random.nextInt(3) > 0) {
      int children = 1 + random.nextInt(4);
      for (int i = 0; i < children; i++) {
        json.append(i == 0 ? "" : ",");
        element(depth - 1);
      }
    } else if (!tag.equals("img")) {
      text();
    }
    json.append("],\"id\":").append(nodeId++).append('}');
  }

  private void svg() {
    json.append(
            "{\"type\":2,\"tagName\":\"svg\",\"attributes\":{\"viewBox\":\"0 0 24 24\"},\"childNodes\":")
        .append("[{\"type\":2,\"tagName\":\"path\",\"attributes\":{\"d\":\"M");
    for (int i = 0; i < 12; i++) {
      json.append(random.nextInt(24)).append('.').append(random.nextInt(100)).append(" L ");
    }
    json.append("z\"},\"childNodes\":[],\"isSVG\":true,\"id\":")
        .append(nodeId++)
        .append("}],\"isSVG\":true,\"id\":")
        .append(nodeId++)
        .append('}');
  }

  private void text() {
    json.append("{\"type\":3,\"textContent\":\"");
    words(2 + random.nextInt(14), " ");
    if (random.nextInt(3) == 0) {
      json.append(' ').append(random.nextInt(200)).append(",99 \u20ac");
    }
    json.append("\",\"id\":").append(nodeId++).append('}');
  }

  private void words(int count, String separator) {
    for (int i = 0; i < count; i++) {
      json.append(i == 0 ? "" : separator).append(WORDS[random.nextInt(WORDS.length)]);
    }
  }

  private void mutation() {
    json.append("{\"type\":3,\"data\":{\"source\":0,\"texts\":[{\"id\":")
        .append(anyNode())
        .append(",\"value\":\"");
    words(3, " ");
    json.append("\"}],\"attributes\":[{\"id\":")
        .append(anyNode())
        .append(",\"attributes\":{\"class\":\"");
    words(2, " ");
    json.append("\",\"style\":{\"transform\":\"translate3d(")
        .append(random.nextInt(500))
        .append("px, 0px, 0px)\"}}}],\"removes\":[{\"parentId\":")
        .append(anyNode())
        .append(",\"id\":")
        .append(anyNode())
        .append("}],\"adds\":[{\"parentId\":")
        .append(anyNode())
        .append(",\"nextId\":null,\"node\":");
    element(1);
    json.append("}]}");
    end();
  }

  private void mouseMove() {
    json.append("{\"type\":3,\"data\":{\"source\":1,\"positions\":[");
    int count = 5 + random.nextInt(15);
    for (int i = 0; i < count; i++) {
      json.append(i == 0 ? "" : ",")
          .append("{\"x\":")
          .append(random.nextInt(1440))
          .append(",\"y\":")
          .append(random.nextInt(900))
          .append(",\"id\":")
          .append(anyNode())
          .append(",\"timeOffset\":-")
          .append(random.nextInt(500))
          .append('}');
    }
    json.append("]}");
    end();
  }

  private void custom() {
    if (random.nextBoolean()) {
      json.append(
              "{\"type\":5,\"data\":{\"tag\":\"rs.network\",\"payload\":{\"method\":\"GET\",\"url\":")
          .append("\"https://shop.example/api/v2/items/")
          .append(random.nextInt(100_000))
          .append("?page=1\",\"status\":200,\"durationMs\":")
          .append(random.nextInt(900))
          .append(",\"type\":\"fetch\"}}");
    } else {
      json.append(
          "{\"type\":5,\"data\":{\"tag\":\"rs.console\",\"payload\":{\"level\":\"warn\",\"args\":[\"");
      words(8, " ");
      json.append("\"],\"stack\":\"at render (https://shop.example/assets/app.js:1:")
          .append(random.nextInt(90_000))
          .append(")\"}}");
    }
    end();
  }
}
