/**
 * The rules of sameness, without any state: which markers are one failure, what a failure is
 * called, how sure we are of it. The same marker gives the same key on every node and in every
 * release, until the version in the key changes.
 *
 * <p>May use {@code ids}, the words and frames of {@code signatures}, the value records of {@code
 * sessions}, and the JDK. Never here: {@code jakarta.*}, SQL, a clock.
 */
@NullMarked
package dev.retrospec.issues.clustering;

import org.jspecify.annotations.NullMarked;
