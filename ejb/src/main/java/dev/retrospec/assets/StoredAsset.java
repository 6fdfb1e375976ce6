package dev.retrospec.assets;

import dev.retrospec.artifacts.ArtifactKey;

/** A content that is here. */
public record StoredAsset(String mediaType, ArtifactKey key) {}
