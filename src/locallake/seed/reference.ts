import { viewInput } from '../engine/views';
import { demoDatabase, lakeBucket, type SeedTable, type SeedWriter } from './seedWriter';

/** Customers, accounts and what is made of them. */
export async function seedReference(writer: SeedWriter): Promise<void> {
  await seedCustomers(writer);
  await seedAccounts(writer);
  await seedAnalytics(writer);
  await seedOddities(writer);
}

const customers: SeedTable = {
  name: 'customers',
  prefix: 'processed/customers/',
  description: 'One row a customer, written anew each night',
  columns: {
    customer_id: 'string',
    full_name: 'string',
    segment: 'string',
    city: 'string',
    country: 'string',
    email: 'string',
    opened_on: 'date',
    contact: 'struct<phone:string,preferred:boolean>',
    tags: 'array<string>',
  },
};

async function seedCustomers(writer: SeedWriter): Promise<void> {
  const count = writer.small ? 500 : 20_000;
  const first = ['Ada', 'Björn', 'Chiara', 'Dmitri', 'Elif', 'Farid', 'Grace', 'Hana', 'Iñigo', 'Jun'];
  const last = [
    'Okafor',
    'Lindqvist',
    'Rossi',
    'Petrov',
    'Yılmaz',
    "O'Brien",
    'Nakamura',
    'Silva',
    'Müller',
    'Haddad',
  ];
  await writer.parquet(
    `select 'CUST-' || lpad(i::varchar, 6, '0') as customer_id,
      ${listOf(first)}[1 + i % 10] || ' ' || ${listOf(last)}[1 + (i // 10) % 10] as full_name,
      ['RETAIL', 'AFFLUENT', 'SMALL_BUSINESS', 'CORPORATE'][1 + (i * 13) % 4] as segment,
      ['Lagos', 'Malmö', 'Milano', 'Ankara', 'Porto'][1 + (i * 17) % 5] as city,
      ['NG', 'SE', 'IT', 'TR', 'PT'][1 + (i * 17) % 5] as country,
      case when i % 9 = 0 then null when i % 50 = 1 then '' else 'customer' || i || '@example.com' end as email,
      date '2010-01-01' + ((i * 37) % 5000)::integer as opened_on,
      {'phone': '+00 555 ' || lpad((i % 10000)::varchar, 4, '0'), 'preferred': i % 3 = 0} as contact,
      case when i % 4 = 0 then [] else ['newsletter', 'tier-' || (i % 3)] end as tags
    from range(${count}) r(i)`,
    { prefix: customers.prefix },
  );
  writer.table(customers);
}

const accounts: SeedTable = {
  name: 'accounts',
  prefix: 'processed/accounts/',
  description: 'Month-end balances; branch_code was a number until June 2024',
  columns: {
    account_id: 'string',
    customer_id: 'string',
    branch_code: 'string',
    balance: 'decimal(18,2)',
    status: 'string',
  },
  keys: { snapshot_month: 'string' },
};

async function seedAccounts(writer: SeedWriter): Promise<void> {
  const count = writer.small ? 200 : 8000;
  writer.table(accounts);
  for (let month = 1; month <= 12; month++) {
    const value = `2024-${String(month).padStart(2, '0')}`;
    const branch = month <= 6 ? '(100 + i % 40)::integer' : `'B' || (100 + i % 40)`;
    await writer.parquet(
      `select 'ACC-' || lpad(i::varchar, 7, '0') as account_id, 'CUST-' || lpad((i % ${writer.small ? 500 : 20_000})::varchar, 6, '0') as customer_id,
        ${branch} as branch_code, (((i * 7907 + ${month} * 331) % 9000000) / 100.0)::decimal(18, 2) as balance,
        case when i % 23 = 0 then 'CLOSED' else 'OPEN' end as status from range(${count}) r(i)`,
      { prefix: `${accounts.prefix}snapshot_month=${value}/` },
    );
    const columns = month <= 6 ? { ...accounts.columns, branch_code: 'int' } : accounts.columns;
    writer.partition(accounts, [value], { columns });
  }
}

const riskMetrics: SeedTable = {
  name: 'risk_metrics',
  prefix: 'analytics/risk_metrics/',
  columns: { segment: 'string', exposure: 'double', default_rate: 'double', value_at_risk: 'double' },
  keys: { year: 'int', month: 'int' },
};

const regulatoryReports: SeedTable = {
  name: 'regulatory_reports',
  prefix: 'analytics/regulatory_reports/',
  format: 'csv',
  description: 'As they were sent to the supervisor',
  columns: { report_id: 'string', report_name: 'string', submitted_on: 'string', remarks: 'string' },
  parameters: { 'skip.header.line.count': '1' },
};

const customer360: SeedTable = {
  name: 'customer_360_snapshot',
  prefix: 'analytics/customer_360/',
  columns: { customer_id: 'string', segment: 'string', accounts: 'bigint', total_balance: 'decimal(38,2)' },
};

async function seedAnalytics(writer: SeedWriter): Promise<void> {
  writer.table(riskMetrics);
  for (let month = 1; month <= 12; month++) {
    await writer.parquet(
      `select ['RETAIL', 'AFFLUENT', 'SMALL_BUSINESS', 'CORPORATE'][1 + i % 4] as segment, (1e6 * (i + ${month}))::double as exposure,
        0.01 * (1 + (i * ${month}) % 7) as default_rate, 12500.5 * (i + 1) as value_at_risk from range(4) r(i)`,
      { prefix: `${riskMetrics.prefix}year=2024/month=${month}/` },
    );
    writer.partition(riskMetrics, ['2024', String(month)]);
  }
  writer.text(
    `${regulatoryReports.prefix}2024.csv`,
    'report_id,report_name,submitted_on,remarks\nR-1,"Liquidity coverage, Q1",2024-04-15,\nR-2,Large exposures,2024-07-15,"Said ""late"""\nR-3,Capital adequacy,2024-10-15,none\n',
    { contentType: 'text/csv' },
  );
  writer.table(regulatoryReports);
  await writer.parquet(
    `select 'CUST-' || lpad(i::varchar, 6, '0') as customer_id, ['RETAIL', 'AFFLUENT', 'SMALL_BUSINESS', 'CORPORATE'][1 + (i * 13) % 4] as segment,
      (1 + i % 3)::bigint as accounts, ((i * 4241 % 5000000) / 100.0)::decimal(38, 2) as total_balance from range(${writer.small ? 500 : 20_000}) r(i)`,
    { prefix: customer360.prefix },
  );
  writer.table(customer360);
  const view = viewInput('customer_360', {
    database: demoDatabase,
    sql: `SELECT c.customer_id, c.full_name, c.segment, c.city, s.accounts, s.total_balance FROM centralbank_data.customers c JOIN centralbank_data.customer_360_snapshot s ON c.customer_id = s.customer_id`,
    columns: [
      { name: 'customer_id', hive: 'string', athena: 'varchar' },
      { name: 'full_name', hive: 'string', athena: 'varchar' },
      { name: 'segment', hive: 'string', athena: 'varchar' },
      { name: 'city', hive: 'string', athena: 'varchar' },
      { name: 'accounts', hive: 'bigint', athena: 'bigint' },
      { name: 'total_balance', hive: 'decimal(38,2)', athena: 'decimal(38,2)' },
    ],
  });
  writer.catalog.putTable(demoDatabase, view, { replaces: false });
}

const cardPayments: SeedTable = {
  name: 'card_payments',
  prefix: 'processed/card_payments/',
  columns: {
    payment_id: 'bigint',
    card: 'string',
    amount: 'double',
    approved: 'boolean',
    paid_at: 'timestamp',
  },
  keys: { dt: 'string' },
};

const branchEvents: SeedTable = {
  name: 'branch_events',
  prefix: 'processed/branch_events/',
  description: 'Its partitions are computed and not registered',
  columns: { event_id: 'bigint', branch: 'string', event: 'string' },
  keys: { dt: 'string' },
  parameters: {
    'projection.enabled': 'true',
    'projection.dt.type': 'date',
    'projection.dt.format': 'yyyy-MM-dd',
    'projection.dt.range': '2024-12-01,2024-12-31',
    'storage.location.template': `s3://${lakeBucket}/processed/branch_events/\${dt}/`,
  },
};

const clickstream: SeedTable = {
  name: 'clickstream',
  prefix: 'processed/clickstream/',
  description: 'Written by a stream, a file each few seconds',
  columns: { session_id: 'string', page: 'string', at: 'timestamp' },
};

const ledgerEntries: SeedTable = {
  name: 'ledger_entries',
  prefix: 'processed/ledger/',
  columns: {
    entry_id: 'bigint',
    account_id: 'string',
    booked_on: 'date',
    debit: 'decimal(18,2)',
    credit: 'decimal(18,2)',
    note: 'string',
    rate: 'double',
  },
};

/** What makes lakes slow or strange: small files, projection, a big table without partitions. */
async function seedOddities(writer: SeedWriter): Promise<void> {
  writer.table(cardPayments);
  await writer.parquet(
    `select i::bigint as payment_id, '**** ' || lpad((i * 31 % 10000)::varchar, 4, '0') as card, (i * 37 % 90000) / 100.0::double as amount, i % 13 <> 0 as approved,
      timestamp '2024-12-01' + to_minutes(i * 5) as paid_at, strftime(timestamp '2024-12-01' + to_minutes(i * 5), '%Y-%m-%d') as dt from range(8928) r(i)`,
    { prefix: cardPayments.prefix, keys: ['dt'] },
  );
  for (let day = 1; day <= 31; day++)
    writer.partition(cardPayments, [`2024-12-${String(day).padStart(2, '0')}`]);
  writer.table(branchEvents);
  for (let day = 1; day <= 31; day += 2) {
    await writer.parquet(
      `select (${day} * 1000 + i)::bigint as event_id, 'B' || (100 + i % 40) as branch, ['OPENED', 'CLOSED', 'AUDIT'][1 + i % 3] as event from range(30) r(i)`,
      { prefix: `${branchEvents.prefix}2024-12-${String(day).padStart(2, '0')}/` },
    );
  }
  writer.table(clickstream);
  const files = writer.small ? 20 : 240;
  const written = await writer.parquet(
    `select 's-' || i as session_id, ['/', '/accounts', '/cards'][1 + i % 3] as page, timestamp '2024-12-28' + to_seconds(i * 20) as at, i // 5 as f from range(${files * 5}) r(i)`,
    { prefix: clickstream.prefix, keys: ['f'] },
  );
  for (const [at, key] of written.entries()) {
    const name = `${clickstream.prefix}events-${String(at).padStart(4, '0')}.parquet`;
    const place = { bucket: lakeBucket, key };
    writer.store.put({ bucket: lakeBucket, key: name }, writer.store.read(place), {
      modified: Date.UTC(2024, 11, 28, 0, at),
    });
    writer.store.remove(place);
  }
  writer.table(ledgerEntries);
  await writer.parquet(
    `select i::bigint as entry_id, 'ACC-' || lpad((i * 7 % 8000)::varchar, 7, '0') as account_id, date '2024-01-01' + (i // 700)::integer as booked_on,
      case when i % 2 = 0 then ((i * 89 % 100000) / 100.0)::decimal(18, 2) end as debit, case when i % 2 = 1 then ((i * 97 % 100000) / 100.0)::decimal(18, 2) end as credit,
      case when i % 10 = 0 then null when i % 10 = 1 then '' else 'Entry "' || i || '", posted' end as note, sqrt(i::double) as rate from range(250000) r(i)`,
    { prefix: ledgerEntries.prefix },
  );
}

function listOf(values: readonly string[]): string {
  return `[${values.map((value) => `'${value.replaceAll("'", "''")}'`).join(', ')}]`;
}
