/**
 * Words of a failure without what differs between two sightings of it: plain text out of coloured
 * logs, one wording for all browsers, masks for ids, numbers and paths, the compared values of an
 * assertion apart from its sentence, the codes that name an error.
 *
 * <p>Every function is pure and linear in its bounded input, whatever the text. May use the JDK.
 * Never here: stack traces ({@code signatures.stacks}), scores ({@code signatures}).
 */
@NullMarked
package dev.retrospec.signatures.text;

import org.jspecify.annotations.NullMarked;
