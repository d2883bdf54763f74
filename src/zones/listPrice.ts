/**
 * USD of a thousand LIST requests in S3 Standard of us-east-1 (https://aws.amazon.com/s3/pricing/, 2026-11; PUT, COPY,
 * POST and LIST share the price).
 */
const usdPerThousandLists = 0.005;

/** Objects that one ListObjectsV2 answers at most. */
const objectsPerList = 1000;

/** Requests and their price in USD. */
export interface ListCost {
  readonly requests: number;
  readonly usd: number;
}

/** What so many ListObjectsV2 requests cost. */
export function listCost(requests: number): ListCost {
  return { requests, usd: (requests * usdPerThousandLists) / 1000 };
}

/**
 * What listing so many objects will cost: a page for each thousand, and a twentieth more for the pieces that are read
 * side by side.
 */
export function expectedListCost(objects: number): ListCost {
  const pages = Math.max(1, Math.ceil(objects / objectsPerList));
  return listCost(pages === 1 ? 1 : Math.ceil(pages * 1.05) + 32);
}
