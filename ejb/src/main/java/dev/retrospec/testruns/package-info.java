/**
 * Runs of a project's tests: taking them in, comparing them with what was known before, and telling
 * what they say. A run, its results, what they resemble and which tests to run next are stored in
 * one transaction.
 *
 * <p>May use {@code patterns}, {@code snapshots}, {@code notifications}, {@code recommendations}
 * and below. Never here: what makes two failures alike ({@code signatures}), how a message looks
 * ({@code notifications}), HTTP.
 */
@NullMarked
package dev.retrospec.testruns;

import org.jspecify.annotations.NullMarked;
