/**
 * Reads JUnit XML as Surefire, Gradle, pytest, jest, Playwright and gotestsum write it, in one pass
 * and with bounds on everything: reports come from outside.
 *
 * <p>May use {@code testruns} and below. Never here: storing, HTTP.
 */
@NullMarked
package dev.retrospec.testruns.junit;

import org.jspecify.annotations.NullMarked;
