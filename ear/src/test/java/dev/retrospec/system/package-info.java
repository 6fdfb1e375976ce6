/**
 * The real EAR on the real server, seen from outside: over HTTP, in a browser, as processes.
 *
 * <p>May use: HTTP, SQL, Playwright, the launcher. Never here: a class of the application.
 */
@NullMarked
package dev.retrospec.system;

import org.jspecify.annotations.NullMarked;
