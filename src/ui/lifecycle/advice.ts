import * as vscode from 'vscode';
import { formatCount } from '../../base/format';
import { Problem } from '../../base/problem';
import { advisedRules } from '../../storage/advice/addRules';
import { advicePage } from '../../storage/advice/advicePage';
import { advise } from '../../storage/advice/advise';
import { isShort, listingQuestion } from '../../storage/listForRules';
import { codeSpan } from '../../storage/markdown';
import type { NodeSubject } from '../../trees/node';
import { formatS3Uri } from '../../zones/s3Uri';
import type { ZonePlace } from '../../zones/zones';
import { subjectOf, type NodeArgument } from '../commands/nodeCommands';
import { tell } from '../guard';
import { withCancel } from '../withCancel';
import { zonePatterns } from '../workbench';
import { pricesFor } from './figures';
import { offerRules } from './offerRules';
import type { LifecycleParts } from './lifecycleParts';

/** `agreed` in place of the question about the price of a long listing. */
export interface AdviceWish {
  readonly agreed?: true;
}

/** What was found, as plain data. */
export interface AdviceSummary {
  readonly uri: string;
  readonly findings: readonly string[];
}

/** Shows what could be cheaper in a zone, a bucket or a prefix; `undefined` when the user said no. */
export async function showAdvice(
  parts: LifecycleParts,
  given: NodeArgument | undefined,
  wish?: AdviceWish | readonly unknown[],
): Promise<AdviceSummary | undefined> {
  const subject = subjectOf(given);
  const { connection } = subject;
  const { places, title, path } = placesOf(subject);
  const ports = await parts.ports();
  // A menu passes the chosen nodes behind the node: only an object agrees.
  const agreed = wish !== undefined && 'agreed' in wish && wish.agreed;
  if (!agreed && !(await mayList(parts, subject, places))) return undefined;
  const prices = pricesFor(connection.region);
  const now = new Date();
  const found = await withCancel(`Looking at the storage of ${title}`, (report, signal) =>
    advise(
      ports,
      {
        connection,
        places,
        patterns: zonePatterns(),
        prices,
        now,
        onProgress: (place, objects) => report(`${uriOf(place)}: ${formatCount(objects)} objects`),
      },
      signal,
    ),
  );
  const text = advicePage(codeSpan(title), found.places, {
    prices: prices.basis,
    unread: found.unread,
    at: now,
  });
  const uri = await parts.pages.show({ connection, path: `${path}.advice.md`, text });
  void offerRules(parts, { connection, rules: advisedRules(found.places) }).catch((error: unknown) =>
    tell(error, parts.log),
  );
  return {
    uri: uri.toString(),
    findings: found.places.flatMap((one) => (one.kind === 'found' ? one.findings.map(({ id }) => id) : [])),
  };
}

function placesOf(subject: NodeSubject): {
  readonly places: readonly ZonePlace[];
  readonly title: string;
  readonly path: string;
} {
  if (subject.kind === 'zone')
    return { places: subject.places, title: `zone ${subject.zone}`, path: subject.zone };
  if (subject.kind === 'bucket') return single({ bucket: subject.bucket, prefix: '' });
  if (subject.kind === 'prefix') return single({ bucket: subject.bucket, prefix: subject.prefix });
  throw new Problem('This holds no objects: choose a zone, a bucket or a prefix.', 'invalid');
}

function single(place: ZonePlace): ReturnType<typeof placesOf> {
  const path = `${place.bucket}/${place.prefix}`.replace(/\/+$/, '');
  return { places: [place], title: uriOf(place), path };
}

/** Asks before a listing of more than a page a place; what it will cost is known where the place was counted before. */
async function mayList(
  { ports, zones }: LifecycleParts,
  { connection }: NodeSubject,
  places: readonly ZonePlace[],
): Promise<boolean> {
  const { store } = await ports();
  const short = await withCancel('Looking how much there is to list…', async (_, signal) => {
    const all = await Promise.all(
      places.map(async ({ bucket, prefix }) => {
        try {
          return await isShort(store, { connection, bucket, prefixes: [prefix] }, signal);
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
          return true; // the page says why it may not be listed
        }
      }),
    );
    return all.every((each) => each);
  });
  if (short) return true;
  const counted = places.map((place) => zones.memory.summary(connection, place)?.objects);
  const known = counted.every((count) => count !== undefined);
  const total = counted.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  const detail = listingQuestion(places.map(uriOf), known ? total : undefined);
  const answer = await vscode.window.showInformationMessage(
    'List what is stored there to find what could be cheaper?',
    { modal: true, detail },
    'List',
  );
  return answer === 'List';
}

function uriOf({ bucket, prefix }: ZonePlace): string {
  return formatS3Uri({ bucket, key: prefix });
}
