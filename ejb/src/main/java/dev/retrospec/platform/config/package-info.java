/**
 * Settings: read once, checked at start-up, units in the type.
 *
 * <p>May use MicroProfile Config. Never here: a setting; each stands in a {@code *Config} record
 * beside its user.
 */
@NullMarked
package dev.retrospec.platform.config;

import org.jspecify.annotations.NullMarked;
