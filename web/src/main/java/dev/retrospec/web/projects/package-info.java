/**
 * Administration of projects and their keys over HTTP.
 *
 * <p>May use {@code projects} and {@code web.http}. Never here: a rule.
 */
@NullMarked
package dev.retrospec.web.projects;

import org.jspecify.annotations.NullMarked;
