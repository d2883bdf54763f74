/** A legacy file of one day. */
export interface LegacyDay {
  readonly date: string;
  /** CSV. */
  readonly content: string;
}

const header = 'transaction_id,customer_id,amount,transaction_type,channel,merchant,created_at';

/** Two days of legacy files: one with rows worth keeping among broken ones, one in which all rows are broken. */
export const legacyDays: readonly LegacyDay[] = [
  { date: '2025-01-06', content: goodDay('2025-01-06') },
  { date: '2025-01-07', content: badDay('2025-01-07') },
];

// 240 rows: each twelfth has no customer, each fifteenth no amount above zero, and the last 20 are repeated.
function goodDay(date: string): string {
  const rows = Array.from({ length: 240 }, (_, at) => {
    const customer = at % 12 === 0 ? '' : `CUST-${String((at * 7919) % 20000).padStart(6, '0')}`;
    const amount = at % 15 === 1 ? '-12.50' : (((at * 104729) % 500000) / 100 + 0.01).toFixed(2);
    return row(date, at, { customer, amount });
  });
  return lines([...rows, ...rows.slice(-20)]);
}

function badDay(date: string): string {
  return lines(
    Array.from({ length: 60 }, (_, at) =>
      row(
        date,
        at,
        at % 2 === 0 ? { customer: '', amount: '10.00' } : { customer: 'CUST-000001', amount: '0' },
      ),
    ),
  );
}

function row(
  date: string,
  at: number,
  { customer, amount }: { readonly customer: string; readonly amount: string },
): string {
  const id = `TXN-${date.replaceAll('-', '')}-${String(at).padStart(6, '0')}`;
  const type = ['PURCHASE', 'transfer', ' Deposit', 'WITHDRAWAL', 'FEE'][at % 5] ?? '';
  const channel = ['ONLINE', 'BRANCH', 'ATM', 'MOBILE'][at % 4] ?? '';
  const merchant = at % 5 === 0 ? '"Dockside Fuel, Ltd"' : '';
  const time = `${String(at % 24).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}:00`;
  return [id, customer, amount, type, channel, merchant, `${date} ${time}`].join(',');
}

function lines(rows: readonly string[]): string {
  return `${[header, ...rows].join('\n')}\n`;
}
