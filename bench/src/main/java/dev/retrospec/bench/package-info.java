/**
 * Measures RetroSpec on this machine. Runs outside the server; may use {@code ejb}'s pure classes
 * and the HTTP API. Never here: anything that ships.
 */
package dev.retrospec.bench;
