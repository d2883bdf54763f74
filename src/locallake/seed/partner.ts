import { tableFormats } from '../engine/tableFormats';
import type { Journal } from '../store/journal';
import type { SharedCatalogs } from '../store/sharedCatalogs';

const partnerAccount = '444455556666';
const partnerDatabase = 'market_reference';

/** The catalog of another account that is shared with the bank: its metadata can be read, its bucket is not the bank's. */
export function seedPartner(shared: SharedCatalogs, journal: Journal): void {
  const catalog = shared.add(partnerAccount);
  catalog.createDatabase({
    Name: partnerDatabase,
    Description: 'Rates and calendars of the market data team',
  });
  catalog.putTable(
    partnerDatabase,
    {
      Name: 'exchange_rates',
      Description: 'The fixing of each day',
      Owner: 'market-data',
      TableType: 'EXTERNAL_TABLE',
      Parameters: { EXTERNAL: 'TRUE', classification: 'parquet' },
      PartitionKeys: [{ Name: 'day', Type: 'date' }],
      StorageDescriptor: {
        Columns: [
          { Name: 'base_currency', Type: 'string' },
          { Name: 'quote_currency', Type: 'string' },
          { Name: 'rate', Type: 'decimal(18,8)' },
        ],
        Location: 's3://partner-market-reference/exchange_rates/',
        ...tableFormats.parquet,
      },
    },
    { replaces: false },
  );
  journal.put('data-catalog', 'market_data', {
    Name: 'market_data',
    Type: 'GLUE',
    Description: 'The catalog of the market data account',
    Parameters: { 'catalog-id': partnerAccount },
    Status: 'CREATE_COMPLETE',
  });
}
