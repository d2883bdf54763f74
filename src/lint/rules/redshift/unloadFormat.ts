import type { Option, UnloadStatement } from '../../../sql/ast';
import { optionWord } from './optionEdits';

/** What an UNLOAD writes; `TEXT` is the delimited text of one that names no format. */
export interface UnloadFormat {
  readonly name: 'PARQUET' | 'CSV' | 'JSON' | 'TEXT';
  /** The option that says so. */
  readonly option?: Option;
}

/** Options of text files that an UNLOAD as Parquet refuses. */
export const textOnly: ReadonlySet<string> = new Set([
  'DELIMITER',
  'FIXEDWIDTH',
  'ADDQUOTES',
  'ESCAPE',
  'NULL',
  'HEADER',
  'GZIP',
  'BZIP2',
  'ZSTD',
]);

/** The format of an UNLOAD; undefined when it names one that is not known here, such as a template. */
export function unloadFormat({ options }: UnloadStatement): UnloadFormat | undefined {
  for (const option of options) {
    const word = optionWord(option);
    const name = word === 'FORMAT' ? option.value?.toUpperCase() : word;
    if (name === 'PARQUET' || name === 'CSV' || name === 'JSON') return { name, option };
    if (word === 'FORMAT') return undefined;
  }
  return { name: 'TEXT' };
}

/** The option of an UNLOAD or COPY with this word. */
export function optionNamed(
  { options }: { readonly options: readonly Option[] },
  word: string,
): Option | undefined {
  return options.find((option) => optionWord(option) === word);
}
