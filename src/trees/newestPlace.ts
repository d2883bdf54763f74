import type { Table } from '../catalog/catalog';
import type { Connection } from '../connection/connection';
import type { ObjectStore } from '../zones/objectStore';
import { hiveNull } from '../zones/partitionPrefix';
import { formatS3Uri, lastPart, parseS3Uri } from '../zones/s3Uri';

/** Pages of prefixes that are listed of one level: a table may have more days than one page holds. */
const mostPages = 10;

/** True for a table whose partitions Athena computes. */
export function isProjected({ parameters }: Pick<Table, 'parameters'>): boolean {
  return parameters?.['projection.enabled']?.trim().toLowerCase() === 'true';
}

/**
 * The folder of the newest partition that S3 has of a table, found by walking into the greatest prefix of each level:
 * of `key=value/` folders, or of whatever the template of a projected table names. Undefined where nothing like a
 * partition lies there. One LIST request a level, more where a level has over 1,000 folders.
 */
export async function newestPlace(
  store: ObjectStore,
  { connection, table }: { readonly connection: Connection; readonly table: Table },
  signal: AbortSignal,
): Promise<string | undefined> {
  const { base, levels } = layoutOf(table);
  const place = base === undefined ? undefined : parseS3Uri(base);
  if (place === undefined) return undefined;
  const { bucket } = place;
  let prefix = place.key === '' || place.key.endsWith('/') ? place.key : `${place.key}/`;
  for (const level of levels) {
    let best: string | undefined;
    let next: string | undefined;
    for (let page = 0; page < mostPages; page += 1) {
      const found = await store.list(
        connection,
        { bucket, prefix, delimiter: '/', limit: 1000, ...(next === undefined ? {} : { next }) },
        signal,
      );
      for (const one of found.prefixes) {
        if (level.test(lastPart(one)) && (best === undefined || byNumbers.compare(one, best) > 0)) best = one;
      }
      next = found.next;
      if (next === undefined) break;
    }
    if (best === undefined) return undefined;
    prefix = best;
  }
  return formatS3Uri({ bucket, key: prefix });
}

/** `day=9` before `day=10`. */
const byNumbers = new Intl.Collator('en', { numeric: true });

/** Where the partitions begin, and what the name of a folder looks like on each level. */
function layoutOf(table: Table): { readonly base: string | undefined; readonly levels: readonly RegExp[] } {
  const template = isProjected(table) ? table.parameters?.['storage.location.template'] : undefined;
  if (template === undefined) {
    const levels = table.partitionKeys.map(
      ({ name }) => new RegExp(`^${escaped(name)}=(?!${hiveNull}/)`, 'i'),
    );
    return { base: table.location, levels };
  }
  // A folder that a key is only a part of is a level too: base/v1-${day}/.
  const first = template.indexOf('${');
  const start = template.lastIndexOf('/', first < 0 ? template.length : first) + 1;
  const levels = template
    .slice(start)
    .split('/')
    .filter((level) => level !== '')
    .map(
      (level) =>
        new RegExp(
          `^${level
            .split(/\$\{[^}]*\}/)
            .map(escaped)
            .join('[^_.].*')}/$`,
        ),
    );
  return { base: template.slice(0, start), levels };
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
