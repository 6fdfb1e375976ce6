/**
 * The read side of the dashboard: what one page shows, gathered from the features' own reads, given
 * as view records that a page can name without calculating.
 *
 * <p>May use every feature below it. Never here: a write, a rule, or a word about HTTP.
 */
@NullMarked
package dev.retrospec.inspection;

import org.jspecify.annotations.NullMarked;
