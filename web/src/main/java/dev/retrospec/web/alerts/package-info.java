/**
 * Alert rules of projects over HTTP and in the dashboard.
 *
 * <p>May use {@code alerts} and {@code web.http}, {@code web.faces}. Never here: what a rule
 * decides.
 */
@NullMarked
package dev.retrospec.web.alerts;

import org.jspecify.annotations.NullMarked;
