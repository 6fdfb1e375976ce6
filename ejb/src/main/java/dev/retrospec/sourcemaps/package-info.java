/**
 * Source maps of customers' builds: taken in, kept per project, found for the scripts of a stack by
 * debug id, else by release and address; and the original stacks that are known already.
 *
 * <p>May use {@code artifacts}, {@code retention}, {@code jobs}, {@code signatures}. Never here:
 * sessions, markers and issues; who may upload (web); when a stack is read (workers).
 */
@NullMarked
package dev.retrospec.sourcemaps;

import org.jspecify.annotations.NullMarked;
