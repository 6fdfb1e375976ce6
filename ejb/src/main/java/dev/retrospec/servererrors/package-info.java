/**
 * What the customer's own server threw while it answered a visitor: told by the servlet filter,
 * joined to the recording by the id that the answer carried. Server and browser report on their own
 * ways, in any order; so the two are joined when somebody looks, never when they arrive.
 *
 * <p>May use ids, platform and retention. Never here: what the browser saw fail (sessions).
 */
@NullMarked
package dev.retrospec.servererrors;

import org.jspecify.annotations.NullMarked;
