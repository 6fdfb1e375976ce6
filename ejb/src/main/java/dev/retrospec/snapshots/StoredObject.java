package dev.retrospec.snapshots;

/**
 * An artifact in the object store.
 *
 * @param key where it stands
 */
public record StoredObject(String key, long sizeBytes) {}
