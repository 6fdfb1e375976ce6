package dev.retrospec.artifacts;

class MemoryArtifactStoreTest extends ArtifactStoreContract {

  private final MemoryArtifactStore store = new MemoryArtifactStore();

  @Override
  protected ArtifactStore store() {
    return store;
  }
}
