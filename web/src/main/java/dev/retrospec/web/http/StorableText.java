package dev.retrospec.web.http;

import static java.util.stream.Collectors.toCollection;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Text that PostgreSQL can store: NUL and halves of surrogate pairs become U+FFFD. Honest pages
 * send halves when a script cuts a text in the middle of an emoji; refusing would lose the failure
 * they report.
 */
public final class StorableText extends SimpleModule {

  private static final long serialVersionUID = 1L;
  private static final char REPLACEMENT = '\uFFFD';

  StorableText() {
    super("storable text");
    addDeserializer(String.class, new Cleaning());
    addKeyDeserializer(
        String.class,
        new KeyDeserializer() {
          @Override
          public Object deserializeKey(String key, DeserializationContext context) {
            return clean(key);
          }
        });
  }

  /** The same for a JSON object of any shape. */
  public static Map<String, Object> cleanObject(Map<String, Object> object) {
    Map<String, Object> clean = new LinkedHashMap<>();
    object.forEach((name, value) -> clean.put(clean(name), cleanValue(value)));
    return clean;
  }

  @SuppressWarnings("unchecked")
  private static @Nullable Object cleanValue(@Nullable Object value) {
    if (value instanceof String text) {
      return clean(text);
    }
    if (value instanceof Map<?, ?> object) {
      return cleanObject((Map<String, Object>) object);
    }
    return value instanceof List<?> list
        ? list.stream().map(StorableText::cleanValue).collect(toCollection(ArrayList::new))
        : value;
  }

  /** The same instance when nothing had to be replaced. */
  public static String clean(String text) {
    int dirty = firstDirty(text);
    if (dirty < 0) {
      return text;
    }
    StringBuilder clean = new StringBuilder(text);
    for (int i = dirty; i < clean.length(); i++) {
      char c = clean.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < clean.length()
          && Character.isLowSurrogate(clean.charAt(i + 1))) {
        i++;
      } else if (c == 0 || Character.isSurrogate(c)) {
        clean.setCharAt(i, REPLACEMENT);
      }
    }
    return clean.toString();
  }

  private static int firstDirty(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || Character.isSurrogate(c)) {
        return i;
      }
    }
    return -1;
  }

  private static final class Cleaning extends StdScalarDeserializer<String> {

    private static final long serialVersionUID = 1L;

    Cleaning() {
      super(String.class);
    }

    @Override
    public LogicalType logicalType() {
      return LogicalType.Textual;
    }

    @Override
    public @Nullable String deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      String text = StringDeserializer.instance.deserialize(json, context);
      return text == null ? null : clean(text);
    }
  }
}
