import * as vscode from 'vscode';
import { Problem } from '../../base/problem';
import type { Connection } from '../../connection/connection';
import { globPattern, literalPrefix } from '../../zones/globPattern';
import { placeFrom } from '../../zones/placeText';
import { formatS3Uri } from '../../zones/s3Uri';
import { searchObjects } from '../../zones/search';
import {
  nearestKnown,
  searchCostSentence,
  searchEstimate,
  type SearchEstimate,
} from '../../zones/searchCost';
import type { NodeArgument } from '../commands/nodeCommands';
import type { FeatureParts } from '../featureParts';
import { chosenConnection, chosenFolder } from './chosenPlace';
import { pickFound, type Search } from './searchPick';

/** What to search, in place of the box that asks; unless `shown`, what is found comes back and nothing is listed. */
export interface SearchArgument {
  /** `s3://bucket/raw/2024/*.csv`. */
  readonly glob: string;
  readonly connection?: Connection;
  /** Ends the search after so many; 1,000 unless told. */
  readonly most?: number;
  /** Lists what is found as if the glob had been typed. */
  readonly shown?: true;
}

/**
 * Searches objects by a glob below a node, or anywhere. What it will cost stands below the glob while it is typed;
 * found objects come as they are found, and one that is chosen is shown in the Zones view. Returns the addresses found.
 */
export async function searchCommand(
  parts: FeatureParts,
  given?: NodeArgument | SearchArgument,
): Promise<readonly string[]> {
  if (given !== undefined && 'glob' in given) return await collect(parts, given);
  const node = given ?? parts.views.zones.view.selection[0];
  const start = node === undefined ? undefined : startOf(node, parts);
  const connection = start?.connection ?? (await chosenConnection(parts));
  if (connection === undefined) return [];
  const glob = await askGlob(parts, connection, start?.uri);
  if (glob === undefined) return [];
  return await pickFound(parts, await searchOf(parts, connection, glob));
}

/** The folder of a node; nothing for an object or a zone, which have none of their own. */
function startOf(
  node: NodeArgument,
  parts: FeatureParts,
): { readonly connection: Connection; readonly uri: string } | undefined {
  try {
    const { connection, place } = chosenFolder(node, parts);
    return { connection, uri: formatS3Uri(place) };
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

async function collect(parts: FeatureParts, given: SearchArgument): Promise<readonly string[]> {
  const connection = given.connection ?? (await parts.workbench.use());
  const search = await searchOf(parts, connection, given.glob);
  if (given.shown === true) return await pickFound(parts, search);
  const { run, bucket } = search;
  const found: string[] = [];
  for await (const { key } of run(() => undefined, new AbortController().signal)) {
    found.push(formatS3Uri({ bucket, key }));
    if (found.length >= (given.most ?? 1000)) break;
  }
  return found;
}

async function searchOf(parts: FeatureParts, connection: Connection, text: string): Promise<Search> {
  const { bucket, key: glob } = placeFrom(text);
  const { store } = await parts.ports();
  const estimate = estimateOf(parts, connection, text);
  return {
    connection,
    bucket,
    glob,
    run: (onProgress, signal) => {
      const flat = estimate.flat ? { way: 'flat' as const } : {};
      return searchObjects(store, { connection, bucket, glob, onProgress, ...flat }, signal);
    },
  };
}

function estimateOf(parts: FeatureParts, connection: Connection, text: string): SearchEstimate {
  const { bucket, key: glob } = placeFrom(text);
  const known = nearestKnown({ bucket, prefix: literalPrefix(glob) }, (place) =>
    parts.zones.memory.summary(connection, place),
  );
  return searchEstimate(glob, known);
}

async function askGlob(
  parts: FeatureParts,
  connection: Connection,
  start: string | undefined,
): Promise<string | undefined> {
  const value = `${start ?? 's3://'}${start === undefined ? '' : '**/*'}`;
  return await vscode.window.showInputBox({
    title: 'Search Objects',
    prompt: '* stands for any characters but a slash, ? for one, ** for any folders.',
    placeHolder: 's3://bucket/raw/**/*.csv',
    value,
    valueSelection: [(start ?? 's3://').length, value.length],
    ignoreFocusOut: true,
    validateInput: (text) => {
      const { Error: wrong, Info: info } = vscode.InputBoxValidationSeverity;
      try {
        const { bucket, key } = placeFrom(text);
        if (globPattern(key).parts.join('') === '')
          return {
            message: 'Write what to search for behind the bucket: s3://bucket/**/*.csv',
            severity: wrong,
          };
        return {
          message: searchCostSentence(bucket, key, estimateOf(parts, connection, text)),
          severity: info,
        };
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        return text === 's3://' ? undefined : { message: error.message, severity: wrong };
      }
    },
  });
}
