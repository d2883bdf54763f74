import type { CopyStatement } from '../../../sql/ast';
import { optionWord } from './optionEdits';

/** PARQUET or ORC, when a COPY reads such files. */
export function columnarFormat({ options }: CopyStatement): 'PARQUET' | 'ORC' | undefined {
  for (const option of options) {
    const word = optionWord(option);
    const format = word === 'FORMAT' ? option.value?.toUpperCase() : word;
    if (format === 'PARQUET' || format === 'ORC') return format;
  }
  return undefined;
}

/** Whether a COPY reads Parquet or ORC. */
export function isColumnar(copy: CopyStatement): boolean {
  return columnarFormat(copy) !== undefined;
}
