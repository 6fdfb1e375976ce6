package dev.retrospec.ingest;

import org.jspecify.annotations.Nullable;

/**
 * What a page showed, as its recorder tells it, unchecked.
 *
 * @param url as the recording names it
 * @param sha256 of the content
 */
public record AssetFields(@Nullable String url, @Nullable String sha256) {}
