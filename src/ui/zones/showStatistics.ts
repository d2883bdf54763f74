import * as vscode from 'vscode';
import { formatCount, formatUsd } from '../../base/format';
import { isCancel, Problem } from '../../base/problem';
import { connectionKey, type Connection } from '../../connection/connection';
import type { NodeSubject } from '../../trees/node';
import { statisticsPage, zoneStatisticsPage, type CountedPlace } from '../../trees/zonesStatisticsPage';
import type { KeptStatistics } from '../../zones/keptStatistics';
import { listCost } from '../../zones/listPrice';
import { formatS3Uri } from '../../zones/s3Uri';
import { prefixStatistics } from '../../zones/statistics';
import type { ZonePlace } from '../../zones/zones';
import { subjectOf, type NodeArgument } from '../commands/nodeCommands';
import type { FeatureParts } from '../featureParts';
import { withCancel } from '../withCancel';
import { chosenFolder } from './chosenPlace';

/** Kept figures are shown as they are, `again` counts anew. */
export type CountMode = 'kept' | 'again';

/**
 * Shows what lies below a bucket, a prefix or the places of a zone as a page, counting what was not counted yet; the
 * figures are kept, and stand on the nodes from then on. Returns the page's address.
 */
export async function showStatistics(
  parts: FeatureParts,
  given: NodeArgument | undefined,
  mode: CountMode,
): Promise<vscode.Uri> {
  const subject = subjectOf(given ?? parts.views.zones.view.selection[0]);
  if (subject.kind === 'zone') return await showZone(parts, subject, mode);
  const { connection, place: chosen } = chosenFolder(subject, parts);
  const place = { bucket: chosen.bucket, prefix: chosen.key };
  const kept = await counted(parts, { connection, place, mode });
  const name = place.prefix === '' ? place.bucket : `${place.bucket}/${place.prefix.replace(/\/+$/, '')}`;
  const text = statisticsPage(kept, new Date());
  return await parts.pages.show({ connection, path: `${name}.statistics.md`, text });
}

async function showZone(
  parts: FeatureParts,
  { connection, zone, places }: Extract<NodeSubject, { kind: 'zone' }>,
  mode: CountMode,
): Promise<vscode.Uri> {
  const all: CountedPlace[] = [];
  for (const place of places) {
    try {
      all.push({ place, kept: await counted(parts, { connection, place, mode }) });
    } catch (error) {
      // One bucket that is denied leaves the figures of the others.
      if (isCancel(error) || !(error instanceof Problem)) throw error;
      all.push({ place, problem: error.message });
    }
  }
  const text = zoneStatisticsPage(zone, all, new Date());
  return await parts.pages.show({ connection, path: `${zone}.zone.md`, text });
}

interface Count {
  readonly connection: Connection;
  readonly place: ZonePlace;
  readonly mode: CountMode;
}

/** The statistics of a place: as they are kept, or counted now and kept. */
export async function counted(
  parts: FeatureParts,
  { connection, place, mode }: Count,
): Promise<KeptStatistics> {
  const known = mode === 'kept' ? await parts.zones.files.read(connection, place) : undefined;
  if (known !== undefined) return known;
  const uri = formatS3Uri({ bucket: place.bucket, key: place.prefix });
  const { store } = await parts.ports();
  const before = parts.zones.memory.summary(connection, place)?.objects;
  const statistics = await withCancel(`Counting ${uri}`, (report, signal) => {
    report(`${formatUsd(listCost(1_000).usd)} for each million objects`);
    const of = before === undefined ? '' : ` of ${formatCount(before)} when it was last counted`;
    const onProgress = (objects: number): void => report(`${formatCount(objects)} objects${of}`);
    return prefixStatistics({ store, connection, onProgress }, { place }, signal);
  });
  const kept = { place, at: new Date(), statistics };
  await parts.zones.memory.remember(connection, kept);
  await keep(parts, connection, kept);
  parts.views.zones.tree.drawWhere(({ subject }) => shows(subject, connection, place));
  return kept;
}

/** A full disk must not cost the figures that were just paid for. */
async function keep(parts: FeatureParts, connection: Connection, kept: KeptStatistics): Promise<void> {
  try {
    await parts.zones.files.write(connection, kept);
  } catch (error) {
    parts.log.warn(
      `The statistics could not be kept: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function shows(subject: NodeSubject | undefined, connection: Connection, place: ZonePlace): boolean {
  if (subject === undefined || connectionKey(subject.connection) !== connectionKey(connection)) return false;
  const here = (one: ZonePlace): boolean => one.bucket === place.bucket && one.prefix === place.prefix;
  if (subject.kind === 'zone') return subject.places.some(here);
  if (subject.kind === 'bucket') return here({ bucket: subject.bucket, prefix: '' });
  return subject.kind === 'prefix' && here(subject);
}
