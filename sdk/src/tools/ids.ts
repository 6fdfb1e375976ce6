/** 32 letters and digits without look-alikes, so that one random byte gives five unbiased bits. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** 26 × 5 = 130 random bits: no two browsers will ever mint the same id. */
const ID_LENGTH = 26;

/** An id such as `ses_9f…`, of the characters that the server accepts. */
export function mintId(prefix: 'ses_' | 'win_' | 'anon_' | 'mrk_'): string {
  const bytes = crypto.getRandomValues(new Uint8Array(ID_LENGTH));
  let id: string = prefix;
  for (const byte of bytes) id += ALPHABET.charAt(byte & 31);
  return id;
}
