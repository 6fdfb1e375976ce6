/**
 * The way to PostgreSQL: schema migration, {@link org.jdbi.v3.core.Jdbi} on the container's
 * datasource, converters.
 *
 * <p>May use Flyway, Jdbi, JPA. Never here: a table's name; SQL stands in repositories and queries.
 */
@NullMarked
package dev.retrospec.platform.persistence;

import org.jspecify.annotations.NullMarked;
