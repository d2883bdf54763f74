import { formatBytes, formatCount } from '../base/format';
import type { Connection } from '../connection/connection';
import { figuresOf, smallFileWarning, type StatisticsSummary } from '../zones/keptStatistics';
import { objectFormat } from '../zones/objectFormat';
import type { ObjectStore, StoredObject } from '../zones/objectStore';
import { partitionLevel } from '../zones/partitionPrefix';
import { formatS3Uri, lastPart, type S3Place } from '../zones/s3Uri';
import type { ZonePlace } from '../zones/zones';
import type { TreeNode } from './node';
import { escapeMarkdown } from './notices';
import { type ZonesLists, zonesLists } from './zonesLists';

/** Takes the filter of a node away; its argument is that node's id. */
export const clearFilterCommand = 'lakeWorkbench.clearFilter';

/** What nodes show beside what S3 lists; each is asked when a node is drawn. */
export interface ZonesFacts {
  /** Kept statistics of a place. */
  readonly known: (connection: Connection, place: ZonePlace) => StatisticsSummary | undefined;
  /** What names below a node have to begin with, by the node's id; empty: anything. */
  readonly filterOf: (nodeId: string) => string;
}

/** Nodes of buckets, prefixes and objects, and the lists below them. */
export interface ZonesNodes {
  readonly lists: ZonesLists;
  /** A bucket or a prefix; `label` where it stands outside of its bucket. */
  readonly place: (at: PlaceAt, id: string, label?: string) => TreeNode;
  readonly object: (at: ObjectAt, id: string, label?: string) => TreeNode;
}

export interface PlaceAt extends ZonePlace {
  readonly connection: Connection;
}

export interface ObjectAt {
  readonly connection: Connection;
  readonly bucket: string;
  readonly key: string;
  /** Absent: only its key is known. */
  readonly facts?: StoredObject;
}

/** Makes nodes over a store. */
export function zonesNodes(store: ObjectStore, facts: ZonesFacts, pageSize: number): ZonesNodes {
  const lists = zonesLists(store, pageSize);

  const below =
    (id: string, at: PlaceAt): NonNullable<TreeNode['children']> =>
    async (signal) => {
      const { connection, bucket, prefix } = at;
      const filter = facts.filterOf(id);
      const where = prefix === '' ? 'in this bucket' : 'below this prefix';
      const children = await lists.children(
        {
          parentId: id,
          connection,
          bucket,
          prefix: prefix + filter,
          own: prefix,
          empty: filter === '' ? `No objects ${where}` : `Nothing ${where} begins with ${filter}`,
          prefixNode: (one) => placeNode({ connection, bucket, prefix: one }, childId(id, prefix, one)),
          objectNode: (object) =>
            objectNode(
              { connection, bucket, key: object.key, facts: object },
              `${id}/=${encoded(prefix, object.key)}`,
            ),
        },
        signal,
      );
      return filter === '' ? children : [filterNode(id, filter), ...children];
    };

  const placeNode = (at: PlaceAt, id: string, label?: string): TreeNode => {
    const { connection, bucket, prefix } = at;
    const part = lastPart(prefix);
    const level = prefix === '' ? undefined : partitionLevel(part);
    const whole = prefix === '';
    const levelName = level === undefined ? part : `${level.key}=${level.value ?? 'NULL'}`;
    return {
      id,
      label: label ?? (whole ? bucket : levelName),
      icon: whole ? 'database' : level === undefined ? 'folder' : 'symbol-enum-member',
      get hint() {
        return hintOf(facts, at, id);
      },
      get tooltip() {
        return tooltipOf(facts, at);
      },
      spoken: whole
        ? `Bucket ${bucket}`
        : level === undefined
          ? `Prefix ${part}`
          : `Partition ${level.key} ${level.value ?? 'NULL'}`,
      menu: whole ? 'bucket' : 'prefix',
      subject: whole
        ? { kind: 'bucket', connection, bucket }
        : { kind: 'prefix', connection, bucket, prefix },
      children: below(id, at),
    };
  };

  return { lists, place: placeNode, object: objectNode };
}

/** `year=2024/` below `…/sales/`; a name without a slash at its end is the beginning of names. */
function childId(parentId: string, parent: string, prefix: string): string {
  return `${parentId}/${encoded(parent, prefix)}`;
}

function encoded(parent: string, key: string): string {
  return encodeURIComponent(key.startsWith(parent) ? key.slice(parent.length) : key);
}

function hintOf(facts: ZonesFacts, at: PlaceAt, id: string): string | undefined {
  const filter = facts.filterOf(id);
  const known = facts.known(at.connection, at);
  const parts = [
    ...(filter === '' ? [] : [`begins with ${filter}`]),
    ...(known === undefined ? [] : [figuresOf(known)]),
  ];
  const sign = known !== undefined && smallFileWarning(known) !== undefined ? ' ⚠' : '';
  return parts.length === 0 ? undefined : parts.join(' · ') + sign;
}

function tooltipOf(facts: ZonesFacts, at: PlaceAt): string {
  const known = facts.known(at.connection, at);
  const lines = [code(formatS3Uri({ bucket: at.bucket, key: at.prefix }))];
  if (known !== undefined) {
    lines.push(`${escapeMarkdown(figuresOf(known))}, counted ${escapeMarkdown(moment(known.at))}`);
    const kinds = [
      known.formats.join(', '),
      known.partitionKeys.length === 0 ? '' : `partitioned by ${known.partitionKeys.join(', ')}`,
    ].filter((kind) => kind !== '');
    if (kinds.length > 0) lines.push(escapeMarkdown(kinds.join(' · ')));
    const warning = smallFileWarning(known);
    if (warning !== undefined) lines.push(`⚠ ${escapeMarkdown(warning)}`);
  }
  return lines.join('  \n');
}

function filterNode(parentId: string, filter: string): TreeNode {
  return {
    id: `${parentId}|filter`,
    label: `Names that begin with ${filter}`,
    icon: 'filter',
    tooltip: 'S3 lists only these. Clear the filter to see the others.',
    spoken: `Only names that begin with ${filter} are shown`,
    menu: 'filter',
    command: { id: clearFilterCommand, title: 'Clear filter', arguments: [parentId] },
  };
}

function objectNode({ connection, bucket, key, facts }: ObjectAt, id: string, label?: string): TreeNode {
  const name = label ?? (lastPart(key) === '' ? key : lastPart(key));
  const archived = /GLACIER|DEEP_ARCHIVE/.test(facts?.storageClass ?? '') ? ` · ${facts?.storageClass}` : '';
  return {
    id,
    label: name,
    icon: 'file',
    hint: facts === undefined ? undefined : `${formatBytes(facts.bytes)}${archived}`,
    get tooltip() {
      return objectTooltip(formatS3Uri({ bucket, key }), facts);
    },
    spoken: facts === undefined ? `Object ${name}` : `Object ${name}, ${formatBytes(facts.bytes)}`,
    menu: 'object',
    subject: { kind: 'object', connection, bucket, key },
  };
}

function objectTooltip(uri: string, facts: StoredObject | undefined): string {
  const lines = [
    code(uri),
    ...(facts === undefined
      ? []
      : [
          `${formatCount(facts.bytes)} bytes`,
          objectFormat(facts.key) ?? '',
          facts.modifiedAt === undefined ? '' : `modified ${moment(facts.modifiedAt)}`,
          facts.storageClass === undefined ? '' : escapeMarkdown(facts.storageClass),
        ]),
  ];
  return lines.filter((line) => line !== '').join('  \n');
}

/** `2024-01-31 08:00:00 UTC`. */
function moment(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** A name as inline code, whatever signs it holds. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${text}${fence}` : `${fence} ${text} ${fence}`;
}

/** A place that a user keeps, by what its key says: a bucket, a prefix or an object, named with its bucket. */
export function keptNode(
  nodes: ZonesNodes,
  at: { readonly connection: Connection; readonly place: S3Place & { readonly kind?: 'object' } },
  groupId: string,
): TreeNode {
  const { connection, place } = at;
  const { bucket, key } = place;
  const id = `${groupId}/${encodeURIComponent(bucket)}/${encodeURIComponent(key)}`;
  const label = key === '' ? bucket : `${bucket}/${key}`;
  return place.kind === 'object'
    ? nodes.object({ connection, bucket, key }, `${id}=`, label)
    : nodes.place({ connection, bucket, prefix: key }, id, label);
}
