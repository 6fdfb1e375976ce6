/**
 * Whether a fix is proven: how many sessions have walked, since, the path on which an issue showed.
 *
 * <p>May use {@code issues}, {@code issues.triage} and sessions. {@code FailurePath} is pure. Never
 * here: deciding that an issue is resolved.
 */
@NullMarked
package dev.retrospec.issues.exposure;

import org.jspecify.annotations.NullMarked;
