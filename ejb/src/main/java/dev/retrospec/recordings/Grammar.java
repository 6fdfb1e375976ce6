package dev.retrospec.recordings;

import dev.retrospec.privacy.SecretNames;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Which {@link Slot} a field opens, by the object it stands in: the shape of rrweb's events (types
 * in {@code @rrweb/types} 2.x), as far as the scrub must know it. A field that is not known is
 * scrubbed as free text.
 */
final class Grammar {

  private static final Map<String, Integer> ATTRIBUTES = attributes();

  private Grammar() {}

  private static Map<String, Integer> attributes() {
    Map<String, Integer> slots = new HashMap<>();
    String raw =
        "class d points transform viewBox fill stroke stroke-width stroke-linecap"
            + " stroke-linejoin fill-rule clip-rule clip-path opacity x y x1 y1 x2 y2 cx cy r rx ry"
            + " width height offset gradientTransform gradientUnits preserveAspectRatio xmlns"
            + " xmlns:xlink role rel media sizes lang dir tabindex charset rows cols colspan rowspan"
            + " rr_width rr_height rr_left rr_top rr_scrollLeft rr_scrollTop rr_dataURL"
            + " rr_mediaState rr_mediaCurrentTime rr_mediaPlaybackRate rr_mediaMuted rr_mediaLoop"
            + " rr_mediaVolume rr_open_mode rr_captured_stylesheets crossorigin loading decoding"
            + " target method enctype autocomplete";
    for (String name : raw.split(" ")) {
      slots.put(name, Slot.RAW);
    }
    slots.put("style", Slot.STYLE);
    slots.put("_cssText", Slot.STYLE);
    for (String name : "id name for form list headers slot part is".split(" ")) {
      slots.put(name, Slot.IDENTIFIER);
    }
    String urls =
        "href src action formaction poster cite data background xlink:href rr_src ping longdesc"
            + " manifest profile codebase data-src data-href data-url";
    for (String name : urls.split(" ")) {
      slots.put(name, Slot.URL);
    }
    slots.put("srcset", Slot.URL_LIST);
    slots.put("imagesrcset", Slot.URL_LIST);
    slots.put("data-srcset", Slot.URL_LIST);
    slots.put("srcdoc", Slot.DROP);
    slots.put("http-equiv", Slot.DROP);
    slots.put("type", Slot.INPUT_TYPE);
    slots.put("value", Slot.INPUT_VALUE);
    return Map.copyOf(slots);
  }

  /** An attribute of an element, by its name. */
  static int attribute(String name) {
    Integer known = ATTRIBUTES.get(name);
    if (known != null) {
      return known;
    }
    if (hasUpperCase(name)) {
      String lower = name.toLowerCase(Locale.ROOT);
      return ATTRIBUTES.containsKey(lower) || isHandler(lower) ? attribute(lower) : Slot.ATTRIBUTE;
    }
    if (isHandler(name)) {
      return Slot.DROP;
    }
    boolean address = name.endsWith(":href") || name.endsWith("-href") || name.endsWith("-src");
    return address ? Slot.URL : Slot.ATTRIBUTE;
  }

  private static boolean isHandler(String name) {
    return name.length() > 2 && name.charAt(0) == 'o' && name.charAt(1) == 'n';
  }

  private static boolean hasUpperCase(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        return true;
      }
    }
    return false;
  }

  /** What a field holds, by its name and the slot of the object it stands in. */
  static int field(int slot, String name) {
    return switch (slot) {
      case Slot.RAW -> Slot.RAW;
      case Slot.STYLE -> Slot.STYLE;
      case Slot.SECRET -> Slot.SECRET;
      case Slot.ATTRIBUTES -> attribute(name);
      case Slot.NODE -> node(name);
      case Slot.INCREMENTAL -> incremental(name);
      case Slot.ADDITION ->
          switch (name) {
            case "node" -> Slot.NODE;
            case "parentId" -> Slot.PARENT_ID;
            case "nextId" -> Slot.NEXT_ID;
            case "rule" -> Slot.STYLE;
            case "index", "previousId" -> Slot.RAW;
            default -> Slot.PAYLOAD;
          };
      case Slot.TEXT_MUTATION ->
          switch (name) {
            case "value" -> Slot.LOOSE_TEXT;
            case "id" -> Slot.RAW;
            default -> Slot.PAYLOAD;
          };
      case Slot.ATTRIBUTE_MUTATION ->
          switch (name) {
            case "attributes" -> Slot.ATTRIBUTES;
            case "id" -> Slot.RAW;
            default -> Slot.PAYLOAD;
          };
      case Slot.SNAPSHOT ->
          switch (name) {
            case "node" -> Slot.NODE;
            case "initialOffset" -> Slot.RAW;
            default -> Slot.PAYLOAD;
          };
      case Slot.META ->
          switch (name) {
            case "href" -> Slot.HREF;
            case "width" -> Slot.WIDTH;
            case "height" -> Slot.HEIGHT;
            default -> Slot.PAYLOAD;
          };
      case Slot.CUSTOM ->
          switch (name) {
            case "tag" -> Slot.CUSTOM_TAG;
            case "payload" -> Slot.CUSTOM_PAYLOAD;
            default -> Slot.PAYLOAD;
          };
      case Slot.PLUGIN ->
          switch (name) {
            case "plugin" -> Slot.CUSTOM_TAG;
            case "payload" -> Slot.CUSTOM_PAYLOAD;
            default -> Slot.PAYLOAD;
          };
      case Slot.CUSTOM_PAYLOAD ->
          switch (name) {
            case "args", "payload" -> Slot.ARGUMENTS;
            default -> payload(name, Slot.PAYLOAD);
          };
      case Slot.ARGUMENTS -> payload(name, Slot.ARGUMENTS);
      default -> payload(name, Slot.PAYLOAD);
    };
  }

  private static int node(String name) {
    return switch (name) {
      case "type" -> Slot.NODE_TYPE;
      case "tagName" -> Slot.TAG_NAME;
      case "attributes" -> Slot.ATTRIBUTES;
      case "childNodes" -> Slot.NODE;
      case "textContent" -> Slot.NODE_TEXT;
      case "id" -> Slot.NODE_ID;
      case "rootId",
          "isStyle",
          "isSVG",
          "isShadow",
          "isShadowHost",
          "isCustom",
          "needBlock",
          "compatMode",
          "name",
          "publicId",
          "systemId" ->
          Slot.RAW;
      default -> Slot.PAYLOAD;
    };
  }

  private static int incremental(String name) {
    return switch (name) {
      case "source", "type", "id", "x", "y" -> Slot.INTERACTION;
      case "texts" -> Slot.TEXT_MUTATION;
      case "attributes" -> Slot.ATTRIBUTE_MUTATION;
      case "adds" -> Slot.ADDITION;
      case "text" -> Slot.TEXT;
      case "set", "styles", "replace", "replaceSync" -> Slot.STYLE;
      case "removes",
          "positions",
          "remove",
          "styleIds",
          "ranges",
          "descriptors",
          "buffer",
          "fontSource",
          "family",
          "property",
          "index" ->
          Slot.RAW;
      default -> Slot.PAYLOAD;
    };
  }

  /** A field of an object of unknown shape. */
  private static int payload(String name, int otherwise) {
    return switch (name) {
      case "url", "href", "src", "referrer", "from", "to", "location", "documentURL" ->
          Slot.PAGE_URL;
      case "base64" -> Slot.RAW;
      default -> SecretNames.isSecret(name) ? Slot.SECRET : otherwise;
    };
  }
}
