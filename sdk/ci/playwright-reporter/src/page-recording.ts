/** What a page needs to record itself; goes into it as JSON. */
export interface PageRecording {
  src: string;
  /** As the attributes of the script tag. */
  data: Record<string, string>;
  tags: string[];
}

/** Runs within each page before its own scripts; so it may use nothing from around it. */
export function recordPage(recording: PageRecording): void {
  interface Recorded extends Window {
    retrospec?: { tag(tag: string): void; getSessionUrl(): string | undefined };
    __retrospecSession?: (url: string) => void;
  }
  const page = window as Recorded;
  // A frame is recorded by the page around it, and an empty page not at all.
  if (window.top !== window || !location.protocol.startsWith('http')) return;

  function add(head: HTMLHeadElement): void {
    const script = document.createElement('script');
    script.src = recording.src;
    Object.assign(script.dataset, recording.data);
    script.onload = () => {
      // Tests that count elements must not find ours.
      script.remove();
      recording.tags.forEach((tag) => page.retrospec?.tag(tag));
      const url = page.retrospec?.getSessionUrl();
      if (url) page.__retrospecSession?.(url);
    };
    script.onerror = () => {
      script.remove();
    };
    head.append(script);
  }

  const waiting = new MutationObserver(() => {
    // The types say that a document has a head; one that is being read has none yet.
    const head = document.head as HTMLHeadElement | null;
    if (!head) return;
    waiting.disconnect();
    add(head);
  });
  waiting.observe(document, { childList: true, subtree: true });
}
