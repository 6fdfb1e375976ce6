/**
 * What every HTTP route shares: who asks, what they may, how much, and how a refusal reads.
 *
 * <p>May use JAX-RS, servlets, {@code projects} and {@code platform}. Never here: a route of a
 * feature.
 */
@NullMarked
package dev.retrospec.web.http;

import org.jspecify.annotations.NullMarked;
