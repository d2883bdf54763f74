import type { CreateTable, CreateTableAs, Option } from '../../../sql/ast';

/** The property of that key, in any case. */
export function property(options: readonly Option[], key: string): Option | undefined {
  return options.find((option) => option.key.toLowerCase() === key);
}

/** Whether a definition makes an Iceberg table. */
export function makesIceberg({ properties }: CreateTable | CreateTableAs): boolean {
  return property(properties, 'table_type')?.value?.toLowerCase() === 'iceberg';
}

/** Text that something fills in before Athena sees it. */
export function isFilledIn(text: string): boolean {
  return /\{\{|\{%|\$\{|%\(|\{\w*\}/.test(text);
}
