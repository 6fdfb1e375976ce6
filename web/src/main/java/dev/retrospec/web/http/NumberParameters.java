package dev.retrospec.web.http;

import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Numbers in queries: one that is none is a bad request, where JAX-RS would say "not found". */
@Provider
public class NumberParameters implements ParamConverterProvider {

  private static final Map<Class<?>, Function<String, Object>> READERS =
      Map.of(
          int.class, Integer::valueOf,
          Integer.class, Integer::valueOf,
          Double.class, Double::valueOf);

  @Override
  @SuppressWarnings("unchecked")
  public <T> @Nullable ParamConverter<T> getConverter(
      Class<T> raw, Type generic, Annotation[] annotations) {
    Function<String, Object> reader = READERS.get(raw);
    return reader == null ? null : (ParamConverter<T>) new Converter(reader);
  }

  private record Converter(Function<String, Object> reader) implements ParamConverter<Object> {

    @Override
    public @Nullable Object fromString(@Nullable String value) {
      if (value == null || value.isBlank()) {
        return null;
      }
      try {
        return reader.apply(value.strip());
      } catch (NumberFormatException notANumber) {
        throw new BadParameter("a parameter of the query must be a number");
      }
    }

    @Override
    public String toString(Object value) {
      return value.toString();
    }
  }
}
