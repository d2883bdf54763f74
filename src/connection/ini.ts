/** One section of an AWS configuration file: `[type name]` with its settings and one level of nested ones. */
export interface IniSection {
  /** `profile`, `sso-session`, `services`; empty for a bare `[name]`. */
  readonly type: string;
  readonly name: string;
  readonly values: ReadonlyMap<string, string>;
  /** Indented settings below an empty one: `s3 =` then `  endpoint_url = …`. */
  readonly nested: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

const header = /^\[\s*(?:([\w-]+)\s+)?(?:"([^"]*)"|'([^']*)'|([^\]]*?))\s*\](?:\s*[#;].*)?$/;

/**
 * The sections of a file of `~/.aws`. What cannot be read is left out, as the SDKs do: never throws.
 * Format: AWS SDKs and Tools Reference Guide, "Format of the shared config and credentials files".
 */
export function iniSections(text: string): IniSection[] {
  const sections: {
    type: string;
    name: string;
    values: Map<string, string>;
    nested: Map<string, Map<string, string>>;
  }[] = [];
  let parent: Map<string, string> | undefined;
  for (const raw of text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
    const opening = header.exec(line);
    if (opening !== null && !/^\s/.test(raw)) {
      const name = opening[2] ?? opening[3] ?? opening[4] ?? '';
      sections.push({ type: opening[1] ?? '', name, values: new Map(), nested: new Map() });
      parent = undefined;
      continue;
    }
    const section = sections.at(-1);
    const equals = line.indexOf('=');
    if (section === undefined || equals < 1) continue;
    const key = line.slice(0, equals).trim().toLowerCase();
    const value = withoutComment(line.slice(equals + 1)).trim();
    if (/^\s/.test(raw) && parent !== undefined) {
      parent.set(key, value);
      continue;
    }
    section.values.set(key, value);
    parent = value === '' ? (section.nested.get(key) ?? new Map<string, string>()) : undefined;
    if (parent !== undefined) section.nested.set(key, parent);
  }
  return sections;
}

/** A comment inside a line needs white space before its sign, since values may hold `#`. */
function withoutComment(value: string): string {
  const at = value.search(/\s[#;]/);
  return at === -1 ? value : value.slice(0, at);
}
