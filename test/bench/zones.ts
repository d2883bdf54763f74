import { openAws } from '../../src/aws/open';
import { prefixStatistics } from '../../src/zones/statistics';
import { isolateEnvironment } from '../support/awsServer';
import { startLake } from '../support/localLake';

const bucket = 'bench-lake';
const roundTripMs = 40;
const signal = new AbortController().signal;
const levels = [
  { name: 'dt', from: '2020-01-01', count: 1825 },
  { name: 'hour', from: 0, count: 24 },
];
const shapes = [
  { title: '43,800 folders', prefix: 'hours/', count: 23, levels, objects: 1825 * 24 * 23 },
  { title: 'one flat folder', prefix: 'flat/', count: 1_000_000, objects: 1_000_000 },
];

/** Counted before anything is measured: an editor that has run for a while has its code compiled, a bench has not. */
const warmUp = { prefix: 'warm/', count: 100_000 };

/**
 * Statistics of a prefix over a million keys on the local lake, with 40 ms added to each call, against one listing
 * page after page in the same run.
 */
export async function zonesBench(): Promise<string[]> {
  isolateEnvironment();
  const lake = await startLake({ empty: true });
  try {
    process.env['AWS_ACCESS_KEY_ID'] = lake.credentials.accessKeyId;
    process.env['AWS_SECRET_ACCESS_KEY'] = lake.credentials.secretAccessKey;
    const { region, endpoint } = lake;
    const connection = { name: 'bench', region, endpoint, readOnly: true, production: false };
    const ports = openAws({ log: { record: () => undefined }, transport: { proxy: '' } });
    await fetch(`${endpoint}/${bucket}`, { method: 'PUT' });
    await lake.synthetic({
      keys: [warmUp, ...shapes].map(({ prefix, count, ...rest }) => ({
        bucket,
        prefix,
        count,
        bytes: 4096,
        ...('levels' in rest ? { levels } : {}),
      })),
    });
    await lake.faults({ kind: 'latency', milliseconds: roundTripMs });
    await ports.store.list(connection, { bucket, prefix: 'none/' }, signal); // reads the SDK's code
    const count = (prefix: string) =>
      prefixStatistics({ store: ports.store, connection }, { place: { bucket, prefix } }, signal);
    await count(warmUp.prefix);
    const lines: string[] = [];
    let slow = 0;
    for (const { title, prefix, objects } of shapes) {
      const begun = performance.now();
      const computing = process.cpuUsage();
      const found = await count(prefix);
      const seconds = (performance.now() - begun) / 1000;
      const { user, system } = process.cpuUsage(computing);
      if (found.objects !== objects || found.bytes !== 4096 * objects) {
        throw new Error(`${found.objects} of ${objects} objects were counted.`);
      }
      const walked = performance.now();
      let next: string | undefined;
      let listed = 0;
      do {
        const page = await ports.store.list(
          connection,
          { bucket, prefix, ...(next === undefined ? {} : { next }) },
          signal,
        );
        listed += page.objects.length;
        next = page.next;
      } while (next !== undefined);
      if (listed !== objects) throw new Error(`The listing has ${listed} of ${objects} objects.`);
      const times = (performance.now() - walked) / 1000 / seconds;
      if (times < 15) slow += 1;
      lines.push(
        `statistics of ${objects.toLocaleString('en-US')} keys in ${title}: ${seconds.toFixed(1)} s, of them ${((user + system) / 1e6).toFixed(1)} s of computing, ${found.cost.requests} requests ($${found.cost.usd.toFixed(4)}), ${times.toFixed(1)} times faster than one listing (to stay above 15)`,
      );
    }
    if (slow > 0) throw new Error(lines.join('; '));
    return lines;
  } finally {
    await lake.stop();
  }
}
