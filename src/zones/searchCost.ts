import { formatCount, formatUsd } from '../base/format';
import { globPattern, globReach, literalPrefix } from './globPattern';
import { expectedListCost, type ListCost, listCost } from './listPrice';
import type { StatisticsSummary } from './keptStatistics';
import { formatS3Uri } from './s3Uri';
import type { ZonePlace } from './zones';

/** What can be said of a search's cost before it starts. */
export interface SearchEstimate {
  /** The least: the glob's literal beginning is asked for in any case. */
  readonly least: ListCost;
  /** Every object below the prefix is listed, 1,000 a request; else folder by folder those that can match. */
  readonly flat: boolean;
  /** The prefix that S3 itself filters by. */
  readonly prefix: string;
  /** Of listing everything below, where it was counted; a search by folders may take more or fewer. */
  readonly all?: ListCost & { readonly objects: number; readonly at: Date };
}

/** A walk of folders is seldom cheaper than so many pages. */
const fewPages = 10;

/**
 * Says what can be said of a search's cost without a request. `known` are the figures of the prefix, or of a folder above
 * it: then an upper bound.
 */
export function searchEstimate(
  glob: string,
  known?: Pick<StatisticsSummary, 'objects' | 'at'>,
): SearchEstimate {
  const prefix = literalPrefix(glob);
  const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  const deep = globReach(globPattern(glob), folder) === 'deep';
  const all =
    known === undefined ? undefined : { ...pagesCost(known.objects), objects: known.objects, at: known.at };
  const few = all !== undefined && all.requests <= fewPages && prefix !== glob;
  return {
    least: listCost(1),
    flat: deep || few,
    prefix,
    ...(all === undefined ? {} : { all }),
  };
}

/** Few pages are read one after the other, and cost no piece more. */
function pagesCost(objects: number): ListCost {
  const pages = Math.max(1, Math.ceil(objects / 1000));
  return pages <= 2 ? listCost(pages) : expectedListCost(objects);
}

/** The estimate as a sentence, before anything is asked. */
export function searchCostSentence(bucket: string, glob: string, estimate: SearchEstimate): string {
  const { flat, prefix, all } = estimate;
  const below = formatS3Uri({ bucket, key: prefix });
  const price = `${formatUsd(listCost(1000).usd)} for 1,000 requests`;
  if (prefix === glob) return `One request (${formatUsd(listCost(1).usd)}): there is no wildcard in it.`;
  const counted =
    all === undefined
      ? ''
      : `up to ${formatCount(all.objects)} objects, counted ${all.at.toISOString().slice(0, 10)}`;
  if (flat) {
    return all === undefined
      ? `Lists every object below ${below}, a request for each 1,000: how many there are is not known; ${price}.`
      : `Lists every object below ${below}: at most about ${requestsText(all)} (${counted}).`;
  }
  return all === undefined
    ? `Lists the folders below ${below} that can match, a request each or more: how many is not known; ${price}.`
    : `Lists the folders below ${below} that can match: how many is not known; ${price}; listing everything takes about ${requestsText(all)} (${counted}).`;
}

function requestsText({ requests, usd }: ListCost): string {
  return `${formatCount(requests)} ${requests === 1 ? 'request' : 'requests'}, ${formatUsd(usd)}`;
}

/** The figures of a prefix, or of the nearest folder above it that was counted. */
export function nearestKnown(
  place: ZonePlace,
  lookUp: (place: ZonePlace) => StatisticsSummary | undefined,
): StatisticsSummary | undefined {
  const { bucket, prefix } = place;
  for (let at = prefix; ; at = at.slice(0, at.lastIndexOf('/', at.length - 2) + 1)) {
    const found = lookUp({ bucket, prefix: at });
    if (found !== undefined || at === '') return found;
  }
}
