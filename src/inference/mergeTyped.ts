import type { Column } from '../catalog/catalog';
import { plainType, widens } from '../catalog/columnAccess';
import type { FileColumn } from './reading';
import { isPlainName } from './shapes';

/** The columns of one file, with its key for what is said of it. */
export interface ColumnsOfFile {
  readonly key: string;
  readonly columns: readonly FileColumn[];
}

interface Found {
  readonly column: FileColumn;
  /** Keys of files by the type that they hold. */
  readonly types: Map<string, string[]>;
}

/**
 * The columns of files that carry their own types, oldest file first: the newest file's in its order, then those that
 * only others have. Types widen where Athena reads the narrower one as the wider; other differences are doubts.
 */
export function mergeTyped(files: readonly ColumnsOfFile[]): {
  readonly columns: readonly Column[];
  readonly doubts: readonly string[];
} {
  const doubts = new Set<string>();
  const found = new Map<string, Found>();
  for (const file of files.toReversed()) {
    const own = new Map<string, string>();
    for (const column of file.columns) {
      const name = column.name.toLowerCase();
      const other = own.get(name);
      if (other !== undefined) {
        doubts.add(
          `${other} and ${column.name} differ in case alone, and Athena knows one of them: a query over both fails.`,
        );
        continue;
      }
      own.set(name, column.name);
      const entry = found.get(name) ?? { column, types: new Map<string, string[]>() };
      const type = plainType(column.type);
      entry.types.set(type, [...(entry.types.get(type) ?? []), file.key]);
      found.set(name, entry);
    }
  }
  const columns = [...found].flatMap(([name, entry]): readonly Column[] => {
    const { type, told } = judged(name, entry, files.length);
    for (const doubt of told) doubts.add(doubt);
    return type === undefined ? [] : [{ name, type }];
  });
  return { columns, doubts: [...doubts] };
}

/** The type of a column over all files; without one it cannot be defined. */
function judged(
  name: string,
  { column, types }: Found,
  count: number,
): { readonly type?: string; readonly told: readonly string[] } {
  const told: string[] = [];
  const seen = [...types.values()].flat().length;
  if (seen < count) told.push(`${name} is in ${seen} of ${count} files: it reads as NULL from the others.`);
  if (!isPlainName(name)) {
    told.push(
      `“${name}” has signs that Athena’s names do not have: where a query does not find it, write the files with a plain name.`,
    );
  }
  const [type, doubt] = oneType(column.type, types);
  if (doubt !== undefined) told.push(`${name} ${doubt}`);
  if (/^[\w<>:,() ]+$/.test(type)) return { type, told };
  told.push(`${name} has a field that no type can name, so it is left out: ${type}.`);
  return { told };
}

function oneType(
  newest: string,
  types: ReadonlyMap<string, readonly string[]>,
): readonly [type: string, doubt?: string] {
  if (types.size < 2) return [newest];
  const widest = [...types.keys()].find((type) => [...types.keys()].every((other) => widens(other, type)));
  const each = [...types].map(
    ([type, keys]) => `${type} in ${keys.length === 1 ? (keys[0] ?? '') : `${keys.length} files`}`,
  );
  if (widest !== undefined) return [widest, `is ${each.join(' and ')}: ${widest} reads them all.`];
  return [
    newest,
    `is ${each.join(' and ')}, and no one type reads them all: a query over the others fails. The newest file's type is taken.`,
  ];
}
