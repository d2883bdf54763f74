import { formatBytes, formatCount } from '../base/format';
import { Problem } from '../base/problem';
import { connectionKey, type Connection } from '../connection/connection';
import { findZones, type FoundZones } from '../zones/findZones';
import type { ObjectStore, StoredObject } from '../zones/objectStore';
import { objectFormat } from '../zones/objectFormat';
import { partitionLevel } from '../zones/partitionPrefix';
import { formatS3Uri, lastPart } from '../zones/s3Uri';
import { bucketsLookedInto, otherZone, type Zone, type ZonePatterns, type ZonePlace } from '../zones/zones';
import type { TreeNode } from './node';
import { emptyNode, escapeMarkdown, problemNode } from './notices';
import { pagedLists } from './pagedLists';
import type { Tree } from './tree';

/** S3 by zone: zones, their buckets and prefixes, prefixes and objects with sizes, page by page. */
export function zonesTree(options: {
  readonly store: ObjectStore;
  /** Asked at each opening, since the user may have switched; a Problem where there is none. */
  readonly connection: () => Promise<Connection>;
  readonly patterns: () => ZonePatterns;
  /** Prefixes and objects of one page; 200 unless told. */
  readonly pageSize?: number;
}): Tree {
  const lists = pagedLists();
  const found = new Map<string, FoundZones>();
  const rootId = 'zones';

  const below = (parentId: string, place: { connection: Connection; bucket: string; prefix: string }) => {
    const { connection, bucket, prefix } = place;
    return (signal: AbortSignal) =>
      lists.children(
        {
          parentId,
          connection,
          empty: prefix === '' ? 'No objects in this bucket' : 'No objects below this prefix',
          load: async (next) => {
            const page = await options.store.list(
              connection,
              {
                bucket,
                prefix,
                delimiter: '/',
                limit: options.pageSize ?? 200,
                ...(next === undefined ? {} : { next }),
              },
              signal,
            );
            const prefixes = page.prefixes.map((one) => prefixNode(parentId, { ...place, prefix: one }));
            const objects = page.objects
              // A console makes "folders" by empty objects with the prefix as their key.
              .filter((object) => object.key !== prefix)
              .map((object) => objectNode(parentId, { ...place, object }));
            const items = [...prefixes, ...objects];
            return { items, ...(page.next === undefined ? {} : { next: page.next }) };
          },
        },
        signal,
      );
  };

  const bucketNode = (parentId: string, connection: Connection, bucket: string): TreeNode => {
    const id = `${parentId}/${encodeURIComponent(bucket)}`;
    return {
      id,
      label: bucket,
      icon: 'database',
      tooltip: code(formatS3Uri({ bucket, key: '' })),
      spoken: `Bucket ${bucket}`,
      menu: 'bucket',
      subject: { kind: 'bucket', connection, bucket },
      children: below(id, { connection, bucket, prefix: '' }),
    };
  };

  const prefixNode = (
    parentId: string,
    place: { connection: Connection; bucket: string; prefix: string },
  ): TreeNode => {
    const { connection, bucket, prefix } = place;
    const part = lastPart(prefix);
    const id = `${parentId}/${encodeURIComponent(part)}`;
    const level = partitionLevel(part);
    return {
      id,
      label: level === undefined ? part : `${level.key}=${level.value ?? 'NULL'}`,
      icon: level === undefined ? 'folder' : 'symbol-enum-member',
      tooltip: code(formatS3Uri({ bucket, key: prefix })),
      spoken: level === undefined ? `Prefix ${part}` : `Partition ${level.key} ${level.value ?? 'NULL'}`,
      menu: 'prefix',
      subject: { kind: 'prefix', connection, bucket, prefix },
      children: below(id, place),
    };
  };

  const placeNode = (parentId: string, connection: Connection, place: ZonePlace): TreeNode => {
    if (place.prefix === '') return bucketNode(parentId, connection, place.bucket);
    const bucketId = `${parentId}/${encodeURIComponent(place.bucket)}`;
    const node = prefixNode(bucketId, { connection, ...place });
    return { ...node, label: `${place.bucket}/${place.prefix.replace(/\/$/, '')}` };
  };

  const zoneNode = (connection: Connection, zone: Zone, all: FoundZones): TreeNode => {
    const id = `${rootId}/${connectionKey(connection)}/${encodeURIComponent(zone.name)}`;
    return {
      id,
      label: zone.name,
      icon: zone.name === otherZone ? 'folder' : 'layers',
      hint: counted(zone.places.length, zone.places.every((one) => one.prefix === '') ? 'bucket' : 'place'),
      ...(zone.name === otherZone && all.buckets > bucketsLookedInto
        ? {
            tooltip: `First-level prefixes of at most ${bucketsLookedInto} buckets are looked at; name the others in \`lakeWorkbench.zones.patterns\`.`,
          }
        : {}),
      menu: 'zone',
      children: () => Promise.resolve(zone.places.map((place) => placeNode(id, connection, place))),
    };
  };

  const root: TreeNode = {
    id: rootId,
    label: 'Zones',
    icon: 'layers',
    children: async (signal) => {
      let connection: Connection | undefined;
      try {
        connection = await options.connection();
        const key = JSON.stringify([connectionKey(connection), options.patterns()]);
        const all =
          found.get(key) ??
          (await findZones(options.store, { connection, patterns: options.patterns() }, signal));
        // Denied buckets stay so; a lost sign-in or network is worth another try.
        const passing = all.problems.find(({ kind }) => kind !== 'denied' && kind !== 'missing');
        if (passing === undefined) found.set(key, all);
        const where = connection;
        const nodes = all.zones.map((zone) => zoneNode(where, zone, all));
        const told = passing ?? all.problems[0];
        if (told !== undefined)
          nodes.push(closedNode(problemNode(rootId, told, connection), all.problems.length));
        return nodes.length > 0 ? nodes : [emptyNode(rootId, 'No buckets in this account')];
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        return [problemNode(rootId, error, connection)];
      }
    },
  };

  return {
    root,
    more: (parentId) => parentId === rootId || lists.more(parentId),
    forget(parentId) {
      if (parentId === undefined || parentId === rootId) {
        found.clear();
        lists.forget();
      } else lists.forget(parentId);
    },
  };
}

function objectNode(
  parentId: string,
  place: { readonly connection: Connection; readonly bucket: string; readonly object: StoredObject },
): TreeNode {
  const { connection, bucket, object } = place;
  const name = lastPart(object.key);
  const archived = /GLACIER|DEEP_ARCHIVE/.test(object.storageClass ?? '') ? ` · ${object.storageClass}` : '';
  const facts = [
    code(formatS3Uri({ bucket, key: object.key })),
    `${formatCount(object.bytes)} bytes`,
    objectFormat(object.key) ?? '',
    object.modifiedAt === undefined
      ? ''
      : `modified ${object.modifiedAt.toISOString().slice(0, 19).replace('T', ' ')} UTC`,
    object.storageClass === undefined ? '' : escapeMarkdown(object.storageClass),
  ];
  return {
    // A key may end where a prefix does: the sign keeps their ids apart.
    id: `${parentId}/=${encodeURIComponent(name)}`,
    label: name,
    icon: 'file',
    hint: `${formatBytes(object.bytes)}${archived}`,
    tooltip: facts.filter((fact) => fact !== '').join('  \n'),
    spoken: `Object ${name}, ${formatBytes(object.bytes)}`,
    menu: 'object',
    subject: { kind: 'object', connection, bucket, key: object.key },
  };
}

/** A name as inline code, whatever signs it holds. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${text}${fence}` : `${fence} ${text} ${fence}`;
}

/** Their zones are not known, but the buckets stand under Other: said once, however many there are. */
function closedNode(node: TreeNode, buckets: number): TreeNode {
  const label = `${node.label}: ${counted(buckets, 'bucket')} not looked into`;
  return { ...node, label, spoken: `${label}. ${node.hint ?? ''}` };
}

function counted(count: number, word: string): string {
  return `${formatCount(count)} ${word}${count === 1 ? '' : 's'}`;
}
