/** A text with what is odd about how it is encoded. */
export interface DecodedText {
  readonly text: string;
  readonly notes: readonly string[];
}

/**
 * Bytes as text: UTF-16 where its mark stands at the beginning, else UTF-8, else Windows-1252, in which every byte is
 * a character; undefined for bytes of which no text is made. `whole`: nothing follows, so no character is cut.
 */
export function decodeText(
  bytes: Uint8Array,
  { whole }: { readonly whole: boolean },
): DecodedText | undefined {
  const [first, second] = bytes;
  const wide =
    first === 0xff && second === 0xfe
      ? 'utf-16le'
      : first === 0xfe && second === 0xff
        ? 'utf-16be'
        : undefined;
  if (wide !== undefined) {
    return {
      text: new TextDecoder(wide).decode(bytes.subarray(0, bytes.length - (bytes.length % 2))),
      notes: ['It is UTF-16, which Athena and Redshift Spectrum do not read: convert it to UTF-8.'],
    };
  }
  if (bytes.subarray(0, 8000).includes(0)) return undefined;
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  try {
    // Streaming, the beginning of a character at the end is no fault.
    return { text: utf8.decode(bytes, { stream: !whole }), notes: [] };
  } catch {
    return isMostlyUtf8(bytes)
      ? {
          text: new TextDecoder('utf-8').decode(bytes),
          notes: ['Some of it is not UTF-8: these characters are shown as �.'],
        }
      : {
          text: new TextDecoder('windows-1252').decode(bytes),
          notes: [
            'It is not UTF-8, and is shown as Windows-1252 (Latin-1): Athena would show its special characters as �.',
          ],
        };
  }
}

// Text in another encoding has no character of more than one byte that happens to be UTF-8; damaged UTF-8 has many.
function isMostlyUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes);
  const wrong = text.match(/\uFFFD/g)?.length ?? 0;
  const right = text.match(/[\u0080-\uFFFC]/g)?.length ?? 0;
  return right >= wrong;
}
