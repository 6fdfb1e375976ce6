/**
 * Snapshots over HTTP: asking for one and waiting for it, looking at it, and the list of addresses
 * that a project's snapshots may be of.
 *
 * <p>May use {@code snapshots} and {@code artifacts} of the core. Never here: a browser.
 */
@NullMarked
package dev.retrospec.web.snapshots;

import org.jspecify.annotations.NullMarked;
