package dev.retrospec.workers.render;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** What somebody with the public key of a site may send as a recording. */
final class HostilePage {

  private HostilePage() {}

  /** Everything on a page that asks an address by itself. */
  static String asking(String there, Instant start) {
    AtomicInteger id = new AtomicInteger(100);
    String head =
        String.join(
            ",",
            tag(id, "link", "\"rel\":\"stylesheet\",\"href\":\"" + there + "/a.css\"", ""),
            tag(id, "link", "\"rel\":\"preconnect\",\"href\":\"" + there + "\"", ""),
            tag(id, "link", "\"rel\":\"prefetch\",\"href\":\"" + there + "/p\"", ""),
            tag(id, "link", "\"rel\":\"icon\",\"href\":\"" + there + "/i.ico\"", ""),
            tag(id, "base", "\"href\":\"" + there + "/\"", ""),
            tag(id, "meta", "\"http-equiv\":\"refresh\",\"content\":\"0;url=" + there + "\"", ""),
            tag(id, "script", "\"src\":\"" + there + "/x.js\"", ""),
            tag(
                id,
                "style",
                "\"_cssText\":\"@import url("
                    + there
                    + "/i.css); @font-face{font-family:f;src:url("
                    + there
                    + "/f.woff2)} body{font-family:f;background:url("
                    + there
                    + "/b.png)}\"",
                ""));
    String body =
        String.join(
            ",",
            text(id, "words in the strange font"),
            tag(id, "img", "\"src\":\"" + there + "/x.png\",\"srcset\":\"" + there + "/y 2x\"", ""),
            tag(id, "iframe", "\"src\":\"" + there + "/frame\"", ""),
            tag(id, "object", "\"data\":\"" + there + "/o\"", ""),
            tag(id, "embed", "\"src\":\"" + there + "/e\"", ""),
            tag(
                id,
                "video",
                "\"src\":\""
                    + there
                    + "/v.mp4\",\"poster\":\""
                    + there
                    + "/v.png\",\"autoplay\":\"\"",
                ""),
            tag(id, "input", "\"type\":\"image\",\"src\":\"" + there + "/in.png\"", ""),
            tag(
                id,
                "div",
                "\"style\":\"background-image:url(" + there + "/d.png);width:9px;height:9px\"",
                ""));
    return Footage.of(start, "#ffffff", head, body)
        .turns("url(" + there + "/late.png)", 300)
        .json();
  }

  private static String tag(AtomicInteger id, String name, String attributes, String children) {
    return "{\"type\":2,\"tagName\":\"%s\",\"id\":%d,\"attributes\":{%s},\"childNodes\":[%s]}"
        .formatted(name, id.incrementAndGet(), attributes, children);
  }

  private static String text(AtomicInteger id, String text) {
    return "{\"type\":3,\"id\":%d,\"textContent\":\"%s\"}".formatted(id.incrementAndGet(), text);
  }
}
