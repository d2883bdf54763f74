import { random } from '../fuzz/random';
import { validCorpus, type CorpusStatement } from './corpus';
import { judgeMutants, type Judged } from './mutants';
import { postgres, trinoAndHive, type Accepts } from './oracles';

/** Queries and changes of rows are read to the last token; the other statements less strictly. */
export type Part = 'queries' | 'utilities';

/** What one oracle says of one part of the corpus. */
export interface OracleRun extends Judged {
  readonly oracle: 'Trino' | 'Hive' | 'PostgreSQL';
  readonly part: Part;
  /** Statements of the part that the oracle accepts: mutants are made of these. */
  readonly statements: number;
}

/** UTF-16 units: some longer mutants keep the Trino grammar busy for minutes. */
const longest = 110;
const isQuery =
  /^(?:--.*\n)*\(*(?:select|with|values|table|insert|update|delete|merge|prepare|execute|explain)\b/i;

/** Judges `count` mutants of each oracle and part. */
export async function mutantRuns(count: number, seed: number): Promise<readonly OracleRun[]> {
  const { trino, hive } = await trinoAndHive();
  const postgresAccepts = await postgres();
  const runs: readonly (readonly [OracleRun['oracle'], CorpusStatement['dialect'], Accepts])[] = [
    ['Trino', 'athena', trino],
    ['Hive', 'athena', hive],
    ['PostgreSQL', 'redshift', postgresAccepts],
  ];
  const corpus = validCorpus().filter(({ text }) => text.length < longest);
  return runs.flatMap(([oracle, dialect, accepts]) =>
    (['queries', 'utilities'] as const).flatMap((part): readonly OracleRun[] => {
      // Athena reads its DDL with Hive's parser, and nothing else.
      if (oracle === 'Hive' && part === 'queries') return [];
      if (oracle === 'Trino' && part === 'utilities') return [];
      const valid = corpus.filter(
        (statement) =>
          statement.dialect === dialect &&
          isQuery.test(statement.text) === (part === 'queries') &&
          accepts(statement.text),
      );
      return [
        {
          oracle,
          part,
          statements: valid.length,
          ...judgeMutants(valid, { accepts, count, chance: random(seed) }),
        },
      ];
    }),
  );
}

/** The share of rejected mutants that raise SQL001, from 0 to 1. */
export function caught({ rejected, missed }: Judged): number {
  return 1 - missed.length / rejected;
}
