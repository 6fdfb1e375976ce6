package dev.retrospec.web.http;

import dev.retrospec.ids.ProjectId;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Ids in addresses: one that breaks the grammar is a bad request, not a missing page. */
@Provider
public class IdParameters implements ParamConverterProvider {

  @Override
  public <T> @Nullable ParamConverter<T> getConverter(
      Class<T> raw, Type generic, Annotation[] annotations) {
    if (!raw.isRecord() || !raw.getPackage().equals(ProjectId.class.getPackage())) {
      return null;
    }
    try {
      return new Converter<>(raw.getConstructor(raw.getRecordComponents()[0].getType()));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(raw + " has no canonical constructor", e);
    }
  }

  private record Converter<T>(Constructor<T> constructor) implements ParamConverter<T> {

    @Override
    public @Nullable T fromString(@Nullable String value) {
      if (value == null) {
        return null;
      }
      try {
        Object component =
            constructor.getParameterTypes()[0] == int.class
                ? (Object) Integer.valueOf(value)
                : value;
        return constructor.newInstance(component);
      } catch (NumberFormatException notANumber) {
        throw new BadParameter("not a whole number");
      } catch (InvocationTargetException refused) {
        throw new BadParameter(refused.getCause().getMessage());
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public String toString(T value) {
      return value.toString();
    }
  }
}
