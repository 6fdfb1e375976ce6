/**
 * JSON as text, for columns, messages and parameters of the house's own making.
 *
 * <p>May use Jackson. Never here: what clients send or get (the edge's mapper), and recordings (the
 * streaming pass).
 */
@NullMarked
package dev.retrospec.platform.json;

import org.jspecify.annotations.NullMarked;
