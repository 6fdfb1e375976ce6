/**
 * Projects, the keys that open them, and the rules that their recorders follow.
 *
 * <p>May use {@code platform} and {@code ids}. Never here: what a project has recorded.
 */
@NullMarked
package dev.retrospec.projects;

import org.jspecify.annotations.NullMarked;
