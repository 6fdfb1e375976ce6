/**
 * Objects that are too large for a row: recording blocks, rendered replays, analyses. A port with
 * an adapter per technology; keys say where things are, rows of the features say what they are.
 *
 * <p>May use {@code platform} and {@code ids}. Never here: what an object means, and a URL of the
 * store: readers go through the application, which knows who may see what.
 */
@NullMarked
package dev.retrospec.artifacts;

import org.jspecify.annotations.NullMarked;
