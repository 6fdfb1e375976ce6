/**
 * Says in words what a red run means: what failed, what changed, what it resembles, what helped the
 * last time. Pure rules; every sentence stands on something that is stored.
 *
 * <p>May use the JDK and {@code recommendations}. Never here: SQL, and models.
 */
@NullMarked
package dev.retrospec.testruns.analysis;

import org.jspecify.annotations.NullMarked;
