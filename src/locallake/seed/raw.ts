import { lakeBucket, type SeedTable, type SeedWriter } from './seedWriter';

const bankingApiLog: SeedTable = {
  name: 'banking_api_log',
  prefix: 'raw/api_data/banking_api/',
  format: 'json',
  description: 'What the banking interface answered, as it came',
  columns: {
    request_id: 'string',
    method: 'string',
    path: 'string',
    status: 'int',
    duration_ms: 'double',
    client: 'struct<name:string,version:string>',
    at: 'string',
  },
  keys: { dt: 'string' },
};

/** The zones that are not tables yet, or no more: landing, archive, temporary files. */
export function seedRaw(writer: SeedWriter): void {
  for (const day of ['2024-01-15', '2024-01-16', '2024-01-17']) {
    writer.text(
      `raw/legacy_excel/${day}/branch_targets.csv`,
      `Branch;Target (EUR);Owner\n101;1.250.000,00;Rossi\n102;980.000,50;Okafor\n`,
      { contentType: 'text/csv' },
    );
    writer.text(
      `raw/access_databases/customers/${day}/customers.csv`,
      `CustID,Name,Opened,Segment\n000001,"Okafor, Ada",03/02/2011,retail\n000002,Lindqvist,,RETAIL \n000002,Lindqvist,,RETAIL \n`,
      { contentType: 'text/csv' },
    );
    const lines = Array.from({ length: 200 }, (_, at) =>
      JSON.stringify({
        request_id: `${day}-${at}`,
        method: at % 4 === 0 ? 'POST' : 'GET',
        path: ['/accounts', '/customers/17', '/transfers'][at % 3],
        status: at % 29 === 0 ? 503 : 200,
        duration_ms: 3 + ((at * 17) % 400) / 10,
        ...(at % 7 === 0 ? {} : { client: { name: 'mobile', version: `3.${at % 5}` } }),
        at: `${day}T${String(at % 24).padStart(2, '0')}:00:00Z`,
      }),
    );
    writer.text(`${bankingApiLog.prefix}${day}/responses-0.json`, `${lines.join('\n')}\n`, {
      contentType: 'application/json',
    });
  }
  writer.table(bankingApiLog);
  for (const day of ['2024-01-15', '2024-01-16', '2024-01-17']) {
    writer.partition(bankingApiLog, [day], { location: `s3://${lakeBucket}/${bankingApiLog.prefix}${day}/` });
  }
  for (const quarter of ['q1', 'q2', 'q3', 'q4']) {
    writer.text(`archive/2023/transactions_${quarter}.csv`, 'transaction_id,amount\n', {
      storageClass: 'GLACIER',
      contentType: 'text/csv',
    });
  }
  writer.text('archive/2023/README.txt', 'Moved here by the lifecycle rule after a year.\n', {
    storageClass: 'STANDARD_IA',
    contentType: 'text/plain',
  });
  writer.text('temp/athena/unload-7c1f/part-0.csv', 'a,b\n1,2\n');
  writer.text('temp/_SUCCESS', '');
}
