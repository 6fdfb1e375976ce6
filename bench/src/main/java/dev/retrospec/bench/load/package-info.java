/**
 * The load generator: few connections that never rest, requests made before they are timed. May use
 * the JDK and HdrHistogram. Never here: what RetroSpec's requests look like.
 */
@NullMarked
package dev.retrospec.bench.load;

import org.jspecify.annotations.NullMarked;
