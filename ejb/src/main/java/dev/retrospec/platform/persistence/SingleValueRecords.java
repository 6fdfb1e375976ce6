package dev.retrospec.platform.persistence;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.generic.GenericTypes;
import org.jdbi.v3.core.mapper.ColumnMapper;
import org.jdbi.v3.core.mapper.ColumnMapperFactory;
import org.jdbi.v3.core.mapper.ColumnMappers;
import org.jspecify.annotations.Nullable;

/** A record of one component is stored as that component: ids bind and map by themselves. */
final class SingleValueRecords {

  private SingleValueRecords() {}

  /** Asked for every argument of every statement, and components are found by reflection. */
  private static final ClassValue<Optional<RecordComponent>> COMPONENT =
      new ClassValue<>() {
        @Override
        protected Optional<RecordComponent> computeValue(Class<?> type) {
          return type.isRecord() && type.getRecordComponents().length == 1
              ? Optional.of(type.getRecordComponents()[0])
              : Optional.empty();
        }
      };

  private static Optional<RecordComponent> component(Type type) {
    return COMPONENT.get(GenericTypes.getErasedType(type));
  }

  static final class Arguments implements ArgumentFactory.Preparable {

    @Override
    public Optional<Function<Object, Argument>> prepare(Type type, ConfigRegistry config) {
      return component(type)
          .map(RecordComponent::getAccessor)
          .map(
              accessor ->
                  value ->
                      (position, statement, context) ->
                          statement.setObject(position, valueOf(accessor, value)));
    }

    private static @Nullable Object valueOf(Method accessor, @Nullable Object value)
        throws SQLException {
      try {
        return value == null ? null : accessor.invoke(value);
      } catch (ReflectiveOperationException e) {
        throw new SQLException("Cannot read " + accessor.getDeclaringClass().getSimpleName(), e);
      }
    }
  }

  static final class Columns implements ColumnMapperFactory {

    @Override
    public Optional<ColumnMapper<?>> build(Type type, ConfigRegistry config) {
      return component(type)
          .flatMap(
              component ->
                  config
                      .get(ColumnMappers.class)
                      .findFor(component.getType())
                      .map(mapper -> wrapping(mapper, constructorOf(component))));
    }

    private static ColumnMapper<?> wrapping(
        ColumnMapper<?> component, Function<Object, Object> constructor) {
      return (results, column, context) -> {
        Object value = component.map(results, column, context);
        return value == null || results.wasNull() ? null : constructor.apply(value);
      };
    }

    private static Function<Object, Object> constructorOf(RecordComponent component) {
      Class<?> record = component.getDeclaringRecord();
      try {
        Constructor<?> constructor = record.getDeclaredConstructor(component.getType());
        return value -> newRecord(constructor, value);
      } catch (NoSuchMethodException e) {
        throw new IllegalStateException(record + " has no canonical constructor", e);
      }
    }

    private static Object newRecord(Constructor<?> constructor, Object value) {
      try {
        return constructor.newInstance(value);
      } catch (InvocationTargetException e) {
        throw new IllegalStateException(
            "Stored value is no " + constructor.getName(), e.getCause());
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("Cannot make a " + constructor.getName(), e);
      }
    }
  }
}
