/** A table as a bank's lake has it: dates in a column of its own, and in number keys. */
export const transactions = `CREATE EXTERNAL TABLE customer_transactions (
  transaction_id string, customer_id string, transaction_date date, amount decimal(18,2), transaction_type string
) PARTITIONED BY (year int, month int, day int) STORED AS PARQUET LOCATION 's3://bank/processed/transactions/';`;

/** The same with text keys, as a crawler makes them. */
export const crawled = transactions.replace(
  'year int, month int, day int',
  'year string, month string, day string',
);

/** Events by one text key, with a timestamp and a text that is a time. */
export const logins = `CREATE EXTERNAL TABLE logins (
  login_id string, account string, logged_at timestamp, sent_at string, succeeded boolean
) PARTITIONED BY (dt string) STORED AS PARQUET LOCATION 's3://bank/processed/logins/';`;

/** A table without partitions. */
export const customers = `CREATE EXTERNAL TABLE customers (
  customer_id string, name string, since date, score double
) STORED AS PARQUET LOCATION 's3://bank/processed/customers/';`;
