package dev.retrospec.assets;

import dev.retrospec.ids.ContentHash;

/**
 * That a page of a session showed this content under that address.
 *
 * @param url absolute, as the recording names it
 */
public record AssetUse(String url, ContentHash sha256) {}
