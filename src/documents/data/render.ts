import type { DataDocument, DataValue } from './node';

/** A key as the text's format writes it. */
export function keyText({ format }: DataDocument, key: string): string {
  return format === 'json' ? JSON.stringify(key) : plainOrQuoted(key);
}

/** A value in one line. */
export function flowText(document: DataDocument, value: DataValue): string {
  if (typeof value === 'string') {
    return document.format === 'json' ? JSON.stringify(value) : plainOrQuoted(value);
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isList(value)) return `[${value.map((item) => flowText(document, item)).join(', ')}]`;
  const parts = Object.entries(value).map(
    ([key, item]) => `${keyText(document, key)}: ${flowText(document, item)}`,
  );
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
}

/** A value that stands behind an indent: an object of several properties gets a line for each where the text is laid out so. */
export function valueText(document: DataDocument, value: DataValue, indent: string): string {
  const isNested =
    typeof value === 'object' && value !== null && !isList(value) && Object.keys(value).length > 1;
  if (document.format !== 'json' || !isNested || indent === '') return flowText(document, value);
  const unit = indent.startsWith('\t') ? '\t' : '  ';
  const eol = document.text.includes('\r\n') ? '\r\n' : '\n';
  const lines = Object.entries(value).map(
    ([key, item]) => `${indent}${unit}${JSON.stringify(key)}: ${valueText(document, item, indent + unit)}`,
  );
  return `{${eol}${lines.join(`,${eol}`)}${eol}${indent}}`;
}

function isList(value: DataValue): value is readonly DataValue[] {
  return Array.isArray(value);
}

// Only what no YAML reader takes for anything but a text goes without quotes.
function plainOrQuoted(text: string): string {
  const isPlain =
    /^[A-Za-z_$/][\w$./=-]*(?: [\w$./=-]+)*$/.test(text) &&
    !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text);
  return isPlain ? text : JSON.stringify(text);
}
