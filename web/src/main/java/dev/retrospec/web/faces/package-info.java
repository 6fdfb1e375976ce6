/**
 * What the dashboard's pages share: their addresses and headers, the frame around them, and the
 * words for times, amounts and states.
 *
 * <p>May use Faces, servlets and {@code inspection}. Never here: a page's own content; that stands
 * in the backing bean of its feature.
 */
@NullMarked
package dev.retrospec.web.faces;

import org.jspecify.annotations.NullMarked;
