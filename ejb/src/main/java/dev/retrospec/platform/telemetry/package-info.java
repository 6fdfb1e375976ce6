/**
 * The meter registry and the names of what it counts.
 *
 * <p>May use Micrometer. Never here: a business decision.
 */
@NullMarked
package dev.retrospec.platform.telemetry;

import org.jspecify.annotations.NullMarked;
