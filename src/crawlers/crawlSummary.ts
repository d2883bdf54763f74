/** What one crawl did to tables or partitions. */
export interface SummaryPart {
  readonly of: 'table' | 'partition';
  readonly change: 'added' | 'updated' | 'deleted';
  readonly count: number;
  /** As Glue names them; it leaves names out where there are many. */
  readonly names: readonly string[];
}

const changes: Readonly<Record<string, SummaryPart['change']>> = {
  ADD: 'added',
  UPDATE: 'updated',
  DELETE: 'deleted',
};

/**
 * Reads the summary that ListCrawls gives, JSON within JSON within JSON:
 * `{"TABLE":"{\"ADD\":{\"Details\":\"{\\\"names\\\":[…]}\",\"Count\":1}}"}`. What cannot be read is left out.
 */
export function crawlSummary(text: string | undefined): readonly SummaryPart[] {
  const parts: SummaryPart[] = [];
  for (const [what, inner] of Object.entries(objectIn(text))) {
    const of = what.toLowerCase();
    if (of !== 'table' && of !== 'partition') continue;
    for (const [word, detail] of Object.entries(objectIn(inner))) {
      const change = changes[word];
      const fields = objectIn(detail);
      const { names } = objectIn(fields['Details']);
      const list = Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
      const count = Number(fields['Count'] ?? list.length);
      if (change !== undefined && count > 0) parts.push({ of, change, count, names: list });
    }
  }
  return parts;
}

/** A summary in a few words: `1 table added, 3 partitions added`; `nothing changed`. */
export function summaryText(parts: readonly SummaryPart[]): string {
  if (parts.length === 0) return 'nothing changed';
  return parts.map(({ of, change, count }) => `${count} ${of}${count === 1 ? '' : 's'} ${change}`).join(', ');
}

function objectIn(value: unknown): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : value;
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? (parsed as Record<string, unknown>)
      : {};
  } catch {
    return {};
  }
}
