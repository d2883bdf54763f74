/** A text made safe for XML content and attributes; control characters become references, as S3 writes them. */
export function escapeXml(value: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what XML must not hold as they are
  return value.replace(/[&<>"\r\n\t\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, (found) => {
    const named = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }[found];
    return named ?? `&#${found.charCodeAt(0)};`;
  });
}

/** What an element holds: a text, child elements by name, or the same element several times. */
export type XmlValue =
  string | number | boolean | undefined | readonly XmlValue[] | { readonly [name: string]: XmlValue };

/** One element; an undefined value gives nothing, a list gives the element once for each item. */
export function element(name: string, value: XmlValue): string {
  if (value === undefined) return '';
  if (typeof value !== 'object') return `<${name}>${escapeXml(String(value))}</${name}>`;
  if (isList(value)) return value.map((item) => element(name, item)).join('');
  return `<${name}>${children(value)}</${name}>`;
}

/** A whole document with its namespace. */
export function xmlDocument(
  root: { name: string; namespace?: string },
  value: Readonly<Record<string, XmlValue>>,
): string {
  const namespace = root.namespace === undefined ? '' : ` xmlns="${root.namespace}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root.name}${namespace}>${children(value)}</${root.name}>`;
}

function children(value: Readonly<Record<string, XmlValue>>): string {
  return Object.entries(value)
    .map(([name, child]) => element(name, child))
    .join('');
}

function isList(
  value: readonly XmlValue[] | { readonly [name: string]: XmlValue },
): value is readonly XmlValue[] {
  return Array.isArray(value);
}

/** The text that XML content stands for. */
export function unescapeXml(value: string): string {
  return value.replace(
    /&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi,
    (whole, hex?: string, decimal?: string, named?: string) => {
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
      return { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }[named ?? ''] ?? whole;
    },
  );
}
