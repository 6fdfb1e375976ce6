package dev.retrospec.platform.persistence;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Persistence 3.1 does not list {@link Instant} among its basic types; this makes it one. */
@Converter(autoApply = true)
public class InstantConverter implements AttributeConverter<Instant, Timestamp> {

  @Override
  public @Nullable Timestamp convertToDatabaseColumn(@Nullable Instant attribute) {
    return attribute == null ? null : Timestamp.from(attribute);
  }

  @Override
  public @Nullable Instant convertToEntityAttribute(@Nullable Timestamp column) {
    return column == null ? null : column.toInstant();
  }
}
