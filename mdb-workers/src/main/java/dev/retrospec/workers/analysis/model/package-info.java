/**
 * Report cards with the help of models ({@code dual_http}): a text path over redacted events, then
 * a visual path over a rendered clip, each behind a strict schema. What the rules have found stands
 * wherever a model has nothing that counts.
 *
 * <p>May use {@code analysis}, {@code analysis.heuristic}, {@code moments} and {@code
 * platform.openai}. Never here: text that was not redacted; a sentence without an event that the
 * model was shown.
 */
@NullMarked
package dev.retrospec.workers.analysis.model;

import org.jspecify.annotations.NullMarked;
