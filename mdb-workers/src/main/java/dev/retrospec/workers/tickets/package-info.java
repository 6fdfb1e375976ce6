/**
 * Speaks to trackers: GitHub, GitLab, Jira and Linear by their own interfaces.
 *
 * <p>May use {@code tickets}. Never here: which server may be asked ({@code tickets} decides), and
 * a retry; the job has it.
 */
@NullMarked
package dev.retrospec.workers.tickets;

import org.jspecify.annotations.NullMarked;
