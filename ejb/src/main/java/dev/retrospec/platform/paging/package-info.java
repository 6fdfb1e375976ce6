/**
 * How long lists are read piece by piece.
 *
 * <p>May use nothing. Never here: SQL, and what the items are.
 */
@NullMarked
package dev.retrospec.platform.paging;

import org.jspecify.annotations.NullMarked;
