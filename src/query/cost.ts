import type { QueryStatus } from './queryEngine';

const megabyte = 2 ** 20;
const terabyte = 2 ** 40;
/** The least that Athena bills for a query that reads anything. */
const least = 10 * megabyte;

/**
 * USD for each terabyte scanned in most regions (Athena pricing page; a few regions cost more, and capacity
 * reservations are billed by time instead): to be overridden where the user knows better.
 */
export const usdPerTerabyte = 5;

/** The bytes that Athena bills for bytes scanned: whole megabytes of 2^20, at least ten of them; nothing read costs nothing. */
export function billedBytes(bytesScanned: number): number {
  return bytesScanned <= 0 ? 0 : Math.max(Math.ceil(bytesScanned / megabyte) * megabyte, least);
}

/** USD for bytes scanned by one query, a terabyte being 2^40 bytes. */
export function scanCost(bytesScanned: number, price: number = usdPerTerabyte): number {
  return (billedBytes(bytesScanned) / terabyte) * price;
}

/** The bytes that a scan of at most so many USD may read: the inverse of `scanCost`, rounded down. */
export function bytesFor(usd: number, price: number = usdPerTerabyte): number {
  return Math.floor(((usd / price) * terabyte) / megabyte) * megabyte;
}

/**
 * USD that a run costs by its last status; `undefined` while its bytes are not known. DDL, failed queries and
 * reused results are free; a cancelled query is billed for what it had read; CTAS, INSERT and UNLOAD for their reads.
 */
export function runCost(status: QueryStatus, price: number = usdPerTerabyte): number | undefined {
  if (status.state === 'failed' || status.statementType === 'ddl' || status.reusedResult === true) return 0;
  return status.bytesScanned === undefined ? undefined : scanCost(status.bytesScanned, price);
}
