import type { Table } from '../../catalog/catalog';
import type { LocationFacts } from '../../trees/tablePage';
import type { KeptStatistics } from '../../zones/keptStatistics';
import { parseS3Uri } from '../../zones/s3Uri';
import type { ZonePlace } from '../../zones/zones';

/** The place of a table's location, with the slash that ends a folder; undefined where it is none of S3. */
export function placeOf({ location }: Table): ZonePlace | undefined {
  const place = location === undefined ? undefined : parseS3Uri(location);
  if (place === undefined) return undefined;
  const { bucket, key } = place;
  return { bucket, prefix: key === '' || key.endsWith('/') ? key : `${key}/` };
}

/** Statistics that were counted, as a table's page shows them. */
export function factsOf({ at, statistics }: KeptStatistics): LocationFacts {
  const { objects, bytes, small, newest, formats } = statistics;
  return {
    at,
    objects,
    bytes,
    small,
    ...(newest === undefined ? {} : { newest }),
    formats: Object.fromEntries(
      Object.entries(formats).map(([name, amount]) => [
        name,
        { objects: amount.objects, bytes: amount.bytes },
      ]),
    ),
  };
}
