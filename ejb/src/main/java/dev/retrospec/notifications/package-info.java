/**
 * What is told about runs of tests: to Slack, in a pull request, in a Gist, by e-mail and to a
 * webhook. Each channel has a row and a job of its own, so that none waits for another.
 *
 * <p>May use {@code jobs}, {@code privacy} and below. Never here: how a message looks and how it
 * travels, which is the workers'; and what a run or a pattern is, which the report's maker knows.
 */
@NullMarked
package dev.retrospec.notifications;

import org.jspecify.annotations.NullMarked;
