export interface AssetUse {
  /** As the recording names it. */
  url: string;
  /** Of the content; 64 hexadecimal digits. */
  sha256: string;
}

/** Where assets are kept. */
export interface AssetShelf {
  /**
   * Tells what the session's pages showed; answers the hashes of what nobody has brought yet.
   * Rejects when the server cannot be reached, or refuses.
   */
  tell(sessionId: string, uses: AssetUse[]): Promise<Set<string>>;
  /** False when it was not kept. */
  bring(sessionId: string, sha256: string, content: Blob): Promise<boolean>;
  /** Calls back what is under way. */
  close(): void;
}
