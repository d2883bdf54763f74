import { isFields, text } from '../wire/input';

/** The day a run is for, as `2025-01-06`, from a job's `--execution_date` or an event's `execution_date`. Fails without one. */
export function executionDate(event: unknown): string {
  const given = isFields(event)
    ? (text(event, '--execution_date') ?? text(event, 'execution_date'))
    : undefined;
  if (given === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(given)) {
    throw new Error(`execution_date must be a day such as 2025-01-06, and is ${given ?? 'missing'}.`);
  }
  return given;
}

/** The folder of a day below the transactions: `processed/transactions/year=2025/month=01/day=06/`. */
export function transactionsOf(date: string): string {
  const [year, month, day] = date.split('-');
  return `processed/transactions/year=${year}/month=${month}/day=${day}/`;
}

/** The data lake of the demo bank. */
export const bucket = 'centralbank-data-lake';
