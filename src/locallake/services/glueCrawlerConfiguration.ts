import type { CrawlPolicy } from '../crawl/applyTable';
import { AwsError, type Fields } from '../service';
import { fields, isFields, number, text } from '../wire/input';

const invalid = 'InvalidInputException';

/**
 * What the configuration of a crawler asks for: partitions that take over the columns of their table, columns that are
 * added and not replaced, at which level and how many tables are made, an index on the partition keys of a new table.
 * Anything else in it is refused by name.
 * https://docs.aws.amazon.com/glue/latest/dg/crawler-configuration.html
 */
export function configured(
  configuration: string | undefined,
): Pick<CrawlPolicy, 'inherits' | 'mergesColumns' | 'makesIndex' | 'tableLevel' | 'combines' | 'mostTables'> {
  const given = parsed(configuration);
  only(given, ['Version', 'CrawlerOutput', 'Grouping', 'CreatePartitionIndex'], '');
  const output = fields(given, 'CrawlerOutput');
  only(output, ['Partitions', 'Tables'], 'CrawlerOutput.');
  const behaviour = (of: 'Partitions' | 'Tables', known: string): boolean => {
    const part = fields(output, of);
    only(
      part,
      ['AddOrUpdateBehavior', ...(of === 'Tables' ? ['TableThreshold'] : [])],
      `CrawlerOutput.${of}.`,
    );
    const value = text(part, 'AddOrUpdateBehavior');
    if (value !== undefined && value !== known)
      throw new AwsError(invalid, `AddOrUpdateBehavior of ${of} cannot be ${value}.`);
    return value !== undefined;
  };
  const grouping = fields(given, 'Grouping');
  only(grouping, ['TableGroupingPolicy', 'TableLevelConfiguration'], 'Grouping.');
  const policy = text(grouping, 'TableGroupingPolicy');
  if (policy !== undefined && policy !== 'CombineCompatibleSchemas')
    throw new AwsError(invalid, `TableGroupingPolicy cannot be ${policy}.`);
  const tableLevel = positive(grouping, 'TableLevelConfiguration');
  const mostTables = positive(fields(output, 'Tables'), 'TableThreshold');
  return {
    combines: policy !== undefined,
    ...(tableLevel === undefined ? {} : { tableLevel }),
    ...(mostTables === undefined ? {} : { mostTables }),
    inherits: behaviour('Partitions', 'InheritFromTable'),
    mergesColumns: behaviour('Tables', 'MergeNewColumns'),
    makesIndex: given['CreatePartitionIndex'] === true,
  };
}

function positive(from: Fields, member: string): number | undefined {
  const value = number(from, member);
  if (value !== undefined && (!Number.isInteger(value) || value < 1))
    throw new AwsError(invalid, `${member} must be a whole number above 0.`);
  return value;
}

function parsed(configuration: string | undefined): Fields {
  if (configuration === undefined || configuration === '') return {};
  try {
    const given: unknown = JSON.parse(configuration);
    if (isFields(given)) return given;
  } catch {
    // said below
  }
  throw new AwsError(invalid, 'The Configuration of the crawler is no JSON.');
}

function only(given: Fields, known: readonly string[], path: string): void {
  const other = Object.keys(given).find((name) => !known.includes(name));
  if (other === undefined) return;
  throw new AwsError(
    invalid,
    `The local lake does not implement ${path}${other} of the crawler configuration.`,
  );
}
