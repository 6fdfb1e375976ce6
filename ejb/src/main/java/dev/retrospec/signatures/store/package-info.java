/**
 * Where signatures are kept and found again: by hash, by rare terms, by nearness of vectors; what
 * is found is scored by the rules of {@code signatures}.
 *
 * <p>May use {@code signatures}, {@code ids} and {@code platform}. Never here: what an owner is (a
 * pattern, an issue), and what follows from a match.
 */
@NullMarked
package dev.retrospec.signatures.store;

import org.jspecify.annotations.NullMarked;
