export interface AssetUse {
  /** As the recording names it. */
  url: string;
  /** Of the content; 64 hexadecimal digits. */
  sha256: string;
}

/** Where assets are kept. Rejects when it cannot be reached or refuses. */
export interface AssetShelf {
  /** Tells what the session's pages showed; answers the hashes of what nobody has brought yet. */
  tell(sessionId: string, uses: AssetUse[]): Promise<Set<string>>;
  bring(sessionId: string, sha256: string, content: Blob): Promise<void>;
}
