const encoder = /* @__PURE__ */ new TextEncoder();

/** UTF-8 bytes; never `length`, because limits on the wire count bytes and not UTF-16 units. */
export function utf8Bytes(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text) as Uint8Array<ArrayBuffer>;
}

export function utf8Size(text: string): number {
  // Without making the bytes: most recordings have none but ASCII.
  return /[^\0-\x7f]/.test(text) ? utf8Bytes(text).byteLength : text.length;
}

/** JSON of a value that may hold anything, cycles included; undefined when it cannot be written. */
export function tryStringify(
  value: unknown,
  replacer?: (name: string, value: unknown) => unknown,
): string | undefined {
  try {
    return JSON.stringify(value, replacer);
  } catch {
    return undefined;
  }
}

/** Cuts a text to a number of UTF-16 units and says so. */
export function clip(text: string, maxLength: number): string {
  return text.length <= maxLength ? text : `${text.slice(0, maxLength - 1)}…`;
}

/** Cuts a text to a number of UTF-8 bytes, never within a character. */
export function clipBytes(text: string, maxBytes: number): string {
  if (text.length * 3 <= maxBytes) return text;
  const bytes = utf8Bytes(text.slice(0, maxBytes));
  if (bytes.byteLength <= maxBytes && text.length <= maxBytes) return text;
  // A streaming decoder keeps the begun character to itself.
  return new TextDecoder().decode(bytes.subarray(0, maxBytes), { stream: true });
}
