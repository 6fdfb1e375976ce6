/**
 * The bare ceiling: what the same server can do with the same requests when it keeps nothing.
 * Deployed beside RetroSpec for the time of a run. Never here: RetroSpec's own classes.
 */
@NullMarked
package dev.retrospec.bench.ceiling;

import org.jspecify.annotations.NullMarked;
