/**
 * From the spool to the archive: which chunks make the next block, moving them there, and the hours
 * of the table in which they wait.
 *
 * <p>May use {@code recordings}, {@code artifacts} and below. Never here: reading a recording; that
 * works wherever a chunk is.
 */
@NullMarked
package dev.retrospec.recordings.packing;

import org.jspecify.annotations.NullMarked;
