/**
 * Measures RetroSpec on this machine. Runs outside the server; may use {@code ejb}'s pure classes
 * and the HTTP API. Never here: anything that ships.
 */
@NullMarked
package dev.retrospec.bench;

import org.jspecify.annotations.NullMarked;
