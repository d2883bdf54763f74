/** Names that put a bucket or a first-level prefix into a zone, by zone, in the order shown. */
export type ZonePatterns = Readonly<Record<string, readonly string[]>>;

/** A whole bucket (empty prefix) or one first-level prefix of it. */
export interface ZonePlace {
  readonly bucket: string;
  readonly prefix: string;
}

export interface Zone {
  readonly name: string;
  readonly places: readonly ZonePlace[];
}

/** Where everything stands that no pattern claims. */
export const otherZone = 'Other';

/** Buckets whose first-level prefixes are looked at; each costs one request. */
export const bucketsLookedInto = 20;

/** The usual names of a lake's zones. */
export const defaultPatterns: ZonePatterns = {
  raw: ['raw', 'landing', 'bronze', 'ingest', 'ingestion', 'inbound', 'incoming', 'source'],
  processed: ['processed', 'silver', 'clean', 'cleansed', 'refined', 'staging', 'stage', 'transformed'],
  analytics: ['analytics', 'gold', 'curated', 'mart', 'marts', 'reporting', 'consumption', 'presentation'],
  archive: ['archive', 'archived', 'backup', 'backups', 'cold', 'history'],
};

/**
 * The zone of a bucket or first-level prefix name (with or without its slash). A pattern is a word of the
 * name (`raw` fits `acme-raw-eu`), or a glob over the whole of it when it holds `*` or `?`; one with a slash
 * is compared with `bucket/prefix`.
 */
export function zoneOf(patterns: ZonePatterns, place: ZonePlace): string | undefined {
  const prefix = place.prefix.replace(/\/$/, '');
  const name = (prefix === '' ? place.bucket : prefix).toLowerCase();
  const whole = (prefix === '' ? place.bucket : `${place.bucket}/${prefix}`).toLowerCase();
  const words = new Set([name, ...name.split(/[-_.\s]+/)]);
  for (const [zone, list] of Object.entries(patterns)) {
    for (const raw of list) {
      const pattern = raw.toLowerCase().replace(/\/$/, '');
      if (pattern === '') continue;
      const subject = pattern.includes('/') ? whole : name;
      const fits = /[*?/]/.test(pattern) ? globFits(pattern, subject) : words.has(pattern);
      if (fits) return zone;
    }
  }
  return undefined;
}

/** The buckets to look into: those that no pattern claims by name, the first twenty. */
export function bucketsToLookInto(patterns: ZonePatterns, buckets: readonly string[]): string[] {
  return buckets
    .filter((bucket) => zoneOf(patterns, { bucket, prefix: '' }) === undefined)
    .slice(0, bucketsLookedInto);
}

/**
 * Everything by zone: buckets by their names, then first-level prefixes of the buckets looked into. A bucket of
 * which something remains unclaimed also stands under Other. Zones without places are left out.
 */
export function zonesFrom(
  patterns: ZonePatterns,
  buckets: readonly string[],
  /** First-level prefixes by bucket; a bucket that is absent was not looked into or could not be. */
  inside: ReadonlyMap<string, { readonly prefixes: readonly string[]; readonly complete: boolean }>,
): Zone[] {
  const found = new Map<string, ZonePlace[]>(Object.keys(patterns).map((zone) => [zone, []]));
  const other: ZonePlace[] = [];
  for (const bucket of buckets) {
    const whole = { bucket, prefix: '' };
    const zone = zoneOf(patterns, whole);
    if (zone !== undefined) {
      found.get(zone)?.push(whole);
      continue;
    }
    const seen = inside.get(bucket);
    let claimed = 0;
    for (const prefix of seen?.prefixes ?? []) {
      const itsZone = zoneOf(patterns, { bucket, prefix });
      if (itsZone === undefined) continue;
      found.get(itsZone)?.push({ bucket, prefix });
      claimed += 1;
    }
    const nothingLeft = seen?.complete === true && claimed > 0 && claimed === seen.prefixes.length;
    if (!nothingLeft) other.push(whole);
  }
  return [...found, [otherZone, other] as const]
    .filter(([, places]) => places.length > 0)
    .map(([name, places]) => ({ name, places }));
}

/** `*` any characters, `?` one; without a regular expression, so that no pattern can be slow. */
function globFits(pattern: string, text: string): boolean {
  let at = 0;
  let star = -1;
  let mark = 0;
  let p = 0;
  while (at < text.length) {
    if (p < pattern.length && pattern[p] === '*') {
      star = p;
      mark = at;
      p += 1;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[at])) {
      p += 1;
      at += 1;
    } else if (star !== -1) {
      p = star + 1;
      mark += 1;
      at = mark;
    } else return false;
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}
