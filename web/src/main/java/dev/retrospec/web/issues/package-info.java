/**
 * Issues over HTTP and as pages: the list, what belongs to an issue, and the team's decisions.
 *
 * <p>May use {@code issues}, {@code inspection} and {@code web.http}. Never here: how failures are
 * grouped, when one is shown.
 */
@NullMarked
package dev.retrospec.web.issues;

import org.jspecify.annotations.NullMarked;
