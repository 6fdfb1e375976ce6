package dev.retrospec.web.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.module.SimpleSerializers;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.retrospec.ids.ProjectId;
import java.io.IOException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** An id is written as its value, not as an object around it. */
final class IdsAsText extends SimpleModule {

  private static final long serialVersionUID = 1L;

  IdsAsText() {
    super("ids as text");
    setSerializers(new Serializers());
  }

  private static final class Serializers extends SimpleSerializers {

    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable JsonSerializer<?> findSerializer(
        SerializationConfig config, JavaType type, BeanDescription description) {
      Class<?> raw = type.getRawClass();
      return raw.isRecord()
              && raw.getPackage().equals(ProjectId.class.getPackage())
              && raw.getRecordComponents().length == 1
          ? new Id(raw)
          : null;
    }
  }

  private static final class Id extends StdSerializer<Object> {

    private static final long serialVersionUID = 1L;

    private final transient Method accessor;

    Id(Class<?> raw) {
      super(raw, false);
      accessor = raw.getRecordComponents()[0].getAccessor();
    }

    @Override
    public void serialize(Object id, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      try {
        json.writePOJO(accessor.invoke(id));
      } catch (ReflectiveOperationException e) {
        throw new IOException("Cannot read " + handledType().getSimpleName(), e);
      }
    }
  }
}
