/**
 * Snapshot jobs: a page is opened, waited for, captured, freed of what looks secret, and stored.
 *
 * <p>May use {@code browser}, and {@code snapshots}, {@code privacy}, {@code artifacts} and {@code
 * recordings} of the core. Never here: where a browser may go.
 */
@NullMarked
package dev.retrospec.workers.snapshots;

import org.jspecify.annotations.NullMarked;
