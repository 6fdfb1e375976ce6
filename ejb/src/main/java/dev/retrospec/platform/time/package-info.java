/**
 * The one clock, and which times can be stored. Everything that asks for the time injects {@link
 * java.time.Clock}; only {@link ClockProducer} may ask the system.
 *
 * <p>May use the JDK and CDI. Never here: waiting, scheduling.
 */
@NullMarked
package dev.retrospec.platform.time;

import org.jspecify.annotations.NullMarked;
