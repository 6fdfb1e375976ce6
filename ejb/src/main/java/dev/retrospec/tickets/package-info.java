/**
 * Issues as tickets of GitHub, GitLab, Jira and Linear: which tracker a project uses, which ticket
 * belongs to which issue, and that both stay in step.
 *
 * <p>May use {@code issues} and below. Never here: a request to another server ({@code
 * workers.tickets} makes them).
 */
@NullMarked
package dev.retrospec.tickets;

import org.jspecify.annotations.NullMarked;
