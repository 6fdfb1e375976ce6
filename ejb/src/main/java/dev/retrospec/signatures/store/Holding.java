package dev.retrospec.signatures.store;

import dev.retrospec.signatures.FailureSignature;
import java.time.Instant;

/** A signature and who holds it. */
public record Holding(Origin origin, String ownerId, FailureSignature signature, Instant seenAt) {}
