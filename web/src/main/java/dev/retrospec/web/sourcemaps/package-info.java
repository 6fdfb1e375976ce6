/**
 * Source maps over HTTP, and their list on a project's page.
 *
 * <p>May use {@code sourcemaps}. Never here: what a map says; a way to read one back.
 */
@NullMarked
package dev.retrospec.web.sourcemaps;

import org.jspecify.annotations.NullMarked;
