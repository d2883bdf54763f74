import { formatCount } from '../base/format';
import { isCancel, Problem } from '../base/problem';
import { connectionKey, type Connection } from '../connection/connection';
import { findZones, type FoundZones } from '../zones/findZones';
import { figuresOf, type StatisticsSummary } from '../zones/keptStatistics';
import type { ObjectStore } from '../zones/objectStore';
import type { S3Place } from '../zones/s3Uri';
import { bucketsLookedInto, otherZone, type Zone, type ZonePatterns, type ZonePlace } from '../zones/zones';
import type { TreeNode } from './node';
import { emptyNode, problemNode } from './notices';
import type { Tree } from './tree';
import { keptNode, type ZonesFacts, zonesNodes } from './zonesNodes';

/** A place that the user keeps; `object`: its key is a whole key and not the beginning of keys. */
export type KeptPlace = S3Place & { readonly kind?: 'object' };

/** A connection shown beside the active one. */
export interface OtherConnection {
  /** Stable while its settings are; part of node ids until the connection itself is known. */
  readonly id: string;
  readonly label: string;
  /** Reads files, calls nothing; a Problem where it cannot be used. */
  readonly resolve: () => Promise<Connection>;
}

export interface ZonesTreeOptions {
  readonly store: ObjectStore;
  /** The active connection, asked for at each opening, since the user may have switched; a Problem where there is none. */
  readonly connection: () => Promise<Connection>;
  /** The same for drawing it beside others, before it is opened; absent: as `connection`. */
  readonly current?: () => Promise<Connection>;
  /** Without any, the active connection's zones stand at the top. */
  readonly others?: () => readonly OtherConnection[];
  readonly patterns: () => ZonePatterns;
  readonly favourites?: (connection: Connection) => readonly KeptPlace[];
  /** Places gone to by their address, the last one first. */
  readonly opened?: (connection: Connection) => readonly KeptPlace[];
  readonly facts?: ZonesFacts;
  /** Prefixes and objects of one page; 200 unless told. */
  readonly pageSize?: number;
}

const rootId = 'zones';
const staying: ReadonlySet<Problem['kind']> = new Set(['denied', 'missing', 'invalid']);
const noFacts: ZonesFacts = { known: () => undefined, filterOf: () => '' };

/**
 * S3 by zone: connections where there are several, the user's own places, zones, their buckets and prefixes, objects
 * with sizes, page by page. One connection that is denied or signed out leaves the others as they are.
 */
export function zonesTree(options: ZonesTreeOptions): Tree {
  const facts = options.facts ?? noFacts;
  const nodes = zonesNodes(options.store, facts, options.pageSize ?? 200);
  const found = new Map<string, FoundZones>();

  const place = (parentId: string, connection: Connection, at: ZonePlace): TreeNode => {
    const bucketId = `${parentId}/${encodeURIComponent(at.bucket)}`;
    const where = { connection, bucket: at.bucket, prefix: at.prefix };
    return at.prefix === ''
      ? nodes.place(where, bucketId)
      : nodes.place(
          where,
          `${bucketId}/${encodeURIComponent(at.prefix)}`,
          `${at.bucket}/${at.prefix.replace(/\/$/, '')}`,
        );
  };

  const zoneNode = (parentId: string, connection: Connection, zone: Zone): TreeNode => {
    const id = `${parentId}/${encodeURIComponent(zone.name)}`;
    const { buckets } = foundOf(connection) ?? { buckets: 0 };
    return {
      id,
      label: zone.name,
      icon: zone.name === otherZone ? 'folder' : 'layers',
      get hint() {
        const places = zone.places.every((one) => one.prefix === '') ? 'bucket' : 'place';
        const figures = sumOf(zone.places.map((one) => facts.known(connection, one)));
        return [counted(zone.places.length, places), ...figures].join(' · ');
      },
      tooltip:
        zone.name === otherZone && buckets > bucketsLookedInto
          ? `First-level prefixes of at most ${bucketsLookedInto} buckets are looked at; name the others in \`lakeWorkbench.zones.patterns\`.`
          : undefined,
      menu: 'zone',
      subject: { kind: 'zone', connection, zone: zone.name, places: zone.places },
      children: async () => zone.places.map((one) => place(id, connection, one)),
    };
  };

  const foundKey = (connection: Connection): string =>
    JSON.stringify([connectionKey(connection), options.patterns()]);
  const foundOf = (connection: Connection): FoundZones | undefined => found.get(foundKey(connection));

  /** One search a connection, however many ask meanwhile: a redraw and a jump into the tree come together. */
  const underWay = new Map<string, Promise<FoundZones>>();
  const finding = async (connection: Connection, signal: AbortSignal): Promise<FoundZones> => {
    const key = foundKey(connection);
    const shared = underWay.get(key);
    if (shared !== undefined) {
      try {
        return await shared;
      } catch (error) {
        // Given up by who began it: this one goes on by itself.
        if (!isCancel(error) || signal.aborted) throw error;
      }
    }
    const own = findZones(options.store, { connection, patterns: options.patterns() }, signal);
    underWay.set(key, own);
    try {
      return await own;
    } finally {
      if (underWay.get(key) === own) underWay.delete(key);
    }
  };

  /** Zones of one connection, and what could not be looked into; a Problem where its buckets cannot be listed. */
  const zonesOf = async (id: string, connection: Connection, signal: AbortSignal): Promise<TreeNode[]> => {
    const all = foundOf(connection) ?? (await finding(connection, signal));
    // Denied buckets and those of another region stay so; a lost sign-in or network is worth another try.
    const passing = all.problems.find(({ kind }) => !staying.has(kind));
    if (passing === undefined) found.set(foundKey(connection), all);
    const children = all.zones.map((zone) => zoneNode(id, connection, zone));
    const told = passing ?? all.problems[0];
    if (told !== undefined)
      children.push(closedNode(problemNode(listId(id), told, connection), all.problems.length));
    return children.length > 0 ? children : [emptyNode(listId(id), 'No buckets in this account')];
  };

  /** With one connection the list of zones is the root's own, whatever its nodes' ids begin with. */
  const listId = (id: string): string => (several() ? id : rootId);
  const several = (): boolean => (options.others?.() ?? []).length > 0;

  const keptGroups = (id: string, connection: Connection): TreeNode[] => {
    const places = (of: ((connection: Connection) => readonly KeptPlace[]) | undefined, groupId: string) => {
      const kept = of?.(connection) ?? [];
      return {
        id: groupId,
        hint: counted(kept.length, 'place'),
        subject: { kind: 'connection' as const, connection },
        children: async () => kept.map((one) => keptNode(nodes, { connection, place: one }, groupId)),
      };
    };
    const groups: TreeNode[] = [];
    // A question mark is encoded in every other id.
    if ((options.favourites?.(connection) ?? []).length > 0) {
      groups.push({
        ...places(options.favourites, `${id}/?favourites`),
        label: 'Favourites',
        icon: 'star-full',
        menu: 'favourites',
      });
    }
    if ((options.opened?.(connection) ?? []).length > 0) {
      groups.push({
        ...places(options.opened, `${id}/?opened`),
        label: 'Opened places',
        icon: 'link',
        menu: 'opened',
      });
    }
    return groups;
  };

  const contentOf = async (connection: Connection, signal: AbortSignal): Promise<TreeNode[]> => {
    const id = `${rootId}/${connectionKey(connection)}`;
    const groups = keptGroups(id, connection);
    try {
      return [...groups, ...(await zonesOf(id, connection, signal))];
    } catch (error) {
      // Kept places need no right to list buckets.
      if (isCancel(error) || !(error instanceof Problem)) throw error;
      return [...groups, problemNode(listId(id), error, connection)];
    }
  };

  const groupNode = (
    group: { readonly id: string; readonly label: string; readonly added: boolean },
    connection: Connection | Problem,
  ): TreeNode => ({
    id: group.id,
    label: group.label,
    icon: 'cloud',
    menu: group.added ? 'connection.added' : 'connection',
    hint: connection instanceof Problem ? connection.message : whereOf(connection),
    spoken: `Connection ${group.label}`,
    ...(connection instanceof Problem ? {} : { subject: { kind: 'connection', connection } }),
    children: async (signal) =>
      connection instanceof Problem
        ? [problemNode(group.id, connection)]
        : await contentOf(group.added ? connection : await options.connection(), signal),
  });

  const root: TreeNode = {
    id: rootId,
    label: 'Zones',
    icon: 'layers',
    children: async (signal) => {
      const others = options.others?.() ?? [];
      if (others.length === 0) {
        const active = await resolved(options.connection);
        return active instanceof Problem ? [problemNode(rootId, active)] : await contentOf(active, signal);
      }
      const active = await resolved(options.current ?? options.connection);
      const groups = [groupOf({ id: 'active', label: 'Active connection', added: false }, active)];
      for (const other of others) {
        const connection = await resolved(other.resolve);
        const group = groupOf({ id: other.id, label: other.label, added: true }, connection);
        // The active one may have been added before it was switched to.
        if (!groups.some(({ id }) => id === group.id)) groups.push(group);
      }
      return groups;
    },
  };

  const groupOf = (
    { id, label, added }: { readonly id: string; readonly label: string; readonly added: boolean },
    connection: Connection | Problem,
  ): TreeNode =>
    connection instanceof Problem
      ? groupNode({ id: `${rootId}/?${encodeURIComponent(id)}`, label, added }, connection)
      : groupNode(
          { id: `${rootId}/${connectionKey(connection)}`, label: connection.name, added },
          connection,
        );

  return {
    root,
    more: (parentId) => parentId === rootId || nodes.lists.more(parentId) || /^zones\/[^/]+$/.test(parentId),
    forget(parentId) {
      if (parentId === undefined || parentId === rootId) {
        found.clear();
        nodes.lists.forget();
        return;
      }
      for (const key of found.keys()) {
        const [connection] = JSON.parse(key) as [string];
        if (parentId === `${rootId}/${connection}`) found.delete(key);
      }
      nodes.lists.forget(parentId);
    },
  };
}

async function resolved(resolve: () => Promise<Connection>): Promise<Connection | Problem> {
  try {
    return await resolve();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

function whereOf({ region, endpoint }: Connection): string {
  return [region, ...(endpoint === undefined ? [] : [endpoint])].join(' · ');
}

/** `88 GB · 4,310 objects in 2 of 3`: what is known of places, added up. */
function sumOf(known: readonly (StatisticsSummary | undefined)[]): readonly string[] {
  const counts = known.filter((one) => one !== undefined);
  if (counts.length === 0) return [];
  const objects = counts.reduce((sum, one) => sum + one.objects, 0);
  const bytes = counts.reduce((sum, one) => sum + one.bytes, 0);
  const of = counts.length < known.length ? ` in ${counts.length} of ${known.length}` : '';
  return [`${figuresOf({ objects, bytes })}${of}`];
}

/** Their zones are not known, but the buckets stand under Other: said once, however many there are. */
function closedNode(node: TreeNode, buckets: number): TreeNode {
  const label = `${node.label}: ${counted(buckets, 'bucket')} not looked into`;
  return { ...node, label, spoken: `${label}. ${node.hint ?? ''}` };
}

function counted(count: number, word: string): string {
  return `${formatCount(count)} ${word}${count === 1 ? '' : 's'}`;
}
