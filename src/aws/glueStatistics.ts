import type { ColumnStatisticsData, DecimalNumber } from '@aws-sdk/client-glue';
import type { ColumnFacts, TableDetails } from '../catalog/tableDetails';
import type { CallAws } from './call';
import type { Clients } from './clients';
import { glueCatalogId, glueTarget } from './glueCatalog';

/** Columns of one request (Glue API reference, GetColumnStatisticsForTable). */
const mostColumns = 100;

/** The statistics of columns that Glue keeps, by which Athena orders joins. Needs the permission of GetTable. */
export function glueStatistics(clients: Clients, callAws: CallAws): Pick<TableDetails, 'statistics'> {
  return {
    async statistics(connection, { table, columns }, signal) {
      const found: Record<string, ColumnFacts> = {};
      let oldest: Date | undefined;
      for (let from = 0; from < columns.length; from += mostColumns) {
        const answer = await callAws(
          // IAM knows the operation as GetTable (Glue API reference, GetColumnStatisticsForTable).
          { action: 'glue:GetTable', target: `column statistics of ${glueTarget(table)}`, connection },
          async (options) => {
            const { GetColumnStatisticsForTableCommand } = await import('@aws-sdk/client-glue');
            const client = await clients.glue(connection);
            return client.send(
              new GetColumnStatisticsForTableCommand({
                CatalogId: glueCatalogId(table.catalog),
                DatabaseName: table.database,
                TableName: table.name,
                ColumnNames: columns.slice(from, from + mostColumns),
              }),
              options,
            );
          },
          signal,
        );
        // Columns without statistics are told as errors, and are none.
        for (const { ColumnName, AnalyzedTime, StatisticsData } of answer.ColumnStatisticsList ?? []) {
          if (ColumnName === undefined || StatisticsData === undefined) continue;
          found[ColumnName] = factsFrom(StatisticsData);
          if (AnalyzedTime !== undefined && (oldest === undefined || AnalyzedTime < oldest))
            oldest = AnalyzedTime;
        }
      }
      return { columns: found, ...(oldest === undefined ? {} : { at: oldest }) };
    },
  };
}

/** Glue keeps the figures in a member that is named by the column's type. */
function factsFrom(data: ColumnStatisticsData): ColumnFacts {
  const long = data.LongColumnStatisticsData ?? data.DoubleColumnStatisticsData;
  if (long !== undefined) return { ...counts(long), ...range(long, String) };
  const { DateColumnStatisticsData: date, DecimalColumnStatisticsData: decimal } = data;
  if (date !== undefined) return { ...counts(date), ...range(date, (day) => day.toISOString().slice(0, 10)) };
  if (decimal !== undefined) return { ...counts(decimal), ...range(decimal, decimalText) };
  if (data.StringColumnStatisticsData !== undefined) return counts(data.StringColumnStatisticsData);
  if (data.BooleanColumnStatisticsData !== undefined) return counts(data.BooleanColumnStatisticsData);
  return data.BinaryColumnStatisticsData === undefined ? {} : counts(data.BinaryColumnStatisticsData);
}

function counts(data: {
  readonly NumberOfNulls?: number | undefined;
  readonly NumberOfDistinctValues?: number | undefined;
}): ColumnFacts {
  const { NumberOfNulls: nulls, NumberOfDistinctValues: distinct } = data;
  return { ...(nulls === undefined ? {} : { nulls }), ...(distinct === undefined ? {} : { distinct }) };
}

function range<T>(
  data: { readonly MinimumValue?: T | undefined; readonly MaximumValue?: T | undefined },
  text: (value: T) => string,
): ColumnFacts {
  const { MinimumValue: min, MaximumValue: max } = data;
  return {
    ...(min === undefined ? {} : { min: text(min) }),
    ...(max === undefined ? {} : { max: text(max) }),
  };
}

/** A decimal as Glue keeps it: the bytes of a signed integer, most significant first, and where its point stands. */
function decimalText({ UnscaledValue: bytes = new Uint8Array(), Scale: scale = 0 }: DecimalNumber): string {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  if (bytes.length > 0) value = BigInt.asIntN(8 * bytes.length, value);
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, '0');
  const point = digits.length - scale;
  const text = scale > 0 ? `${digits.slice(0, point)}.${digits.slice(point)}` : digits;
  return value < 0n ? `-${text}` : text;
}
