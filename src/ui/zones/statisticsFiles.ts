import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../../base/problem';
import type { Connection } from '../../connection/connection';
import { readStatisticsFile, statisticsFile, type KeptStatistics } from '../../zones/keptStatistics';
import type { ZonePlace } from '../../zones/zones';
import { statisticsId } from './zonesMemory';

/** What was counted, a file a place. */
export interface StatisticsFiles {
  /** `undefined` where nothing is kept, or what is kept cannot be read: then it is counted anew. */
  read(connection: Connection, place: ZonePlace): Promise<KeptStatistics | undefined>;
  write(connection: Connection, kept: KeptStatistics): Promise<void>;
}

/** Keeps statistics in a folder, which is made at the first of them. */
export function statisticsFiles(folder: string): StatisticsFiles {
  const fileOf = (connection: Connection, place: ZonePlace): string => {
    // Keys hold what no file system takes, and may be longer than a name may be.
    const name = createHash('sha256').update(statisticsId(connection, place)).digest('hex').slice(0, 40);
    return join(folder, `${name}.json`);
  };
  return {
    async read(connection, place) {
      let text: string;
      try {
        text = await readFile(fileOf(connection, place), 'utf8');
      } catch {
        return undefined; // never counted, or cleaned up
      }
      try {
        return readStatisticsFile(text);
      } catch (error) {
        if (error instanceof Problem) return undefined;
        throw error;
      }
    },
    async write(connection, kept) {
      await mkdir(folder, { recursive: true });
      const file = fileOf(connection, kept.place);
      const part = `${file}.${process.pid}.part`;
      // Another window may read it meanwhile: it sees the old file or the new one.
      await writeFile(part, statisticsFile(kept));
      await rename(part, file);
    },
  };
}
