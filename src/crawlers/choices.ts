import { itemsOf, propertiesOf } from '../documents/data/access';
import { readJson } from '../documents/data/json';
import type { DataNode, DataText } from '../documents/data/node';

/** A value that Glue knows, with what it does. */
export interface Choice {
  readonly value: string;
  readonly does: string;
}

/** The values of members that take one of a few (AWS Glue Developer Guide, "Customizing crawler behavior"), the safe one first. */
const choices: Readonly<Record<string, readonly Choice[]>> = {
  RecrawlBehavior: [
    { value: 'CRAWL_NEW_FOLDERS_ONLY', does: 'reads folders that are new; changes nothing that is known' },
    { value: 'CRAWL_EVERYTHING', does: 'reads the whole path each time' },
    { value: 'CRAWL_EVENT_MODE', does: 'reads what S3 told of through a queue' },
  ],
  UpdateBehavior: [
    { value: 'LOG', does: 'writes changed columns to the log alone' },
    { value: 'UPDATE_IN_DATABASE', does: 'changes the columns of the table' },
  ],
  DeleteBehavior: [
    { value: 'LOG', does: 'writes what is gone to the log alone' },
    { value: 'DEPRECATE_IN_DATABASE', does: 'marks what is gone by a property' },
    { value: 'DELETE_FROM_DATABASE', does: 'deletes tables and partitions whose files are gone' },
  ],
  TableGroupingPolicy: [
    { value: 'CombineCompatibleSchemas', does: 'makes one table of files that can be read as one' },
  ],
};

/** The choices for the value at an offset of a configuration, and the text inside its quotes that they replace. */
export function choicesAt(
  text: string,
  offset: number,
): { readonly start: number; readonly end: number; readonly choices: readonly Choice[] } | undefined {
  const found = valueAt(readJson(text).root, offset);
  const known = found === undefined ? undefined : choices[found.key];
  if (found === undefined || known === undefined) return undefined;
  return {
    start: found.node.start + 1,
    end: Math.max(found.node.start + 1, found.node.end - 1),
    choices: known,
  };
}

function valueAt(
  node: DataNode | undefined,
  offset: number,
): { readonly key: string; readonly node: DataText } | undefined {
  for (const item of itemsOf(node)) {
    const found = valueAt(item, offset);
    if (found !== undefined) return found;
  }
  for (const { key, value } of propertiesOf(node)) {
    if (value.kind === 'text' && offset > value.start && offset < value.end) return { key, node: value };
    const found = valueAt(value, offset);
    if (found !== undefined) return found;
  }
  return undefined;
}
