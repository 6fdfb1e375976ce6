package dev.retrospec.signatures.store;

import dev.retrospec.signatures.Similarity;

/**
 * Somebody whose failure looks like the one that was asked about.
 *
 * @param ownerId a pattern's id or an issue's cluster key, as {@code origin} says
 * @param similarity with the most similar of the owner's signatures
 */
public record Match(Origin origin, String ownerId, Similarity similarity) {}
