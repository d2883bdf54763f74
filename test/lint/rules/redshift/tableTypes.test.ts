import assert from 'node:assert/strict';
import { test } from 'node:test';
import { redshiftConstraintNotEnforced } from '../../../../src/lint/rules/redshift/redshift-constraint-not-enforced';
import { redshiftCtasInheritedKeys } from '../../../../src/lint/rules/redshift/redshift-ctas-inherited-keys';
import { redshiftDateAsVarchar } from '../../../../src/lint/rules/redshift/redshift-date-as-varchar';
import { redshiftIdentity } from '../../../../src/lint/rules/redshift/redshift-identity';
import { redshiftLikeWithKeys } from '../../../../src/lint/rules/redshift/redshift-like-with-keys';
import { redshiftOversizedVarchar } from '../../../../src/lint/rules/redshift/redshift-oversized-varchar';
import { redshiftTextTruncates } from '../../../../src/lint/rules/redshift/redshift-text-truncates';
import { redshiftUnsupportedDdl } from '../../../../src/lint/rules/redshift/redshift-unsupported-ddl';
import { redshiftUnsupportedType } from '../../../../src/lint/rules/redshift/redshift-unsupported-type';
import { lintDocument } from '../../../../src/lint/lint';
import { readDocument } from '../../../../src/sql/document';
import { catalogFrom, ruleChecker } from '../../../support/ruleChecker';

test('a VARCHAR of 10,000 bytes or more is reported unless its name or its table explains it', () => {
  ruleChecker(redshiftOversizedVarchar)(`
    CREATE TABLE clients (id INT, city VARCHAR(MAX));
    --                                 ^^^^^^^^^^^^ information: city of clients is declared with 65,535 bytes
    CREATE TABLE a (street CHARACTER VARYING(10000));
    --                     ^^^^^^^^^^^^^^^^^^^^^^^^ information: 10,000 bytes
    CREATE TABLE b (city VARCHAR(9999), zip CHAR(10), note VARCHAR(MAX), user_agent VARCHAR(65535));
    CREATE TABLE c (event_payload VARCHAR(65535), raw_json VARCHAR(MAX), comment VARCHAR(20000), url VARCHAR(MAX));
    CREATE TABLE stg_d (city VARCHAR(MAX));
    CREATE TEMP TABLE e (city VARCHAR(MAX));
    CREATE TABLE f (city VARCHAR({{ width }}), zip VARCHAR);
    CREATE EXTERNAL TABLE s.g (city VARCHAR(65535)) STORED AS PARQUET LOCATION 's3://b/g/';
    CREATE FUNCTION first_word(VARCHAR(MAX)) RETURNS VARCHAR(MAX) STABLE AS $$ SELECT split_part($1, ' ', 1) $$ LANGUAGE sql;
  `);
});

test('dates and moments kept as text are reported, lengths of time, zones and landing tables are not', () => {
  const check = ruleChecker(redshiftDateAsVarchar);
  check(`
    CREATE TABLE orders (id INT, order_date VARCHAR(10));
    --                                      ^^^^^^^^^^^ information: order_date of orders keeps a date as text: use DATE
    CREATE TABLE a (created_at VARCHAR(30), paid_dt CHAR(8));
    --                         ^^^^^^^^^^^ information: use TIMESTAMP
    --                                              ^^^^^^^ information: use DATE
    CREATE TABLE b (event_ts CHARACTER VARYING, order_date DATE, made_at TIMESTAMP);
    --                       ^^^^^^^^^^^^^^^^^ information
    CREATE TABLE c (response_time VARCHAR(20), opening_time VARCHAR(5), time_zone VARCHAR(40), duration VARCHAR(20));
    CREATE TABLE d (format VARCHAR(10), chat VARCHAR(10), birth_date VARCHAR(4));
    CREATE TABLE stg_orders (order_date VARCHAR(10));
    CREATE TABLE raw.orders (order_date VARCHAR(10));
    CREATE TABLE landing_orders (order_date VARCHAR(10));
    CREATE TEMP TABLE e (order_date VARCHAR(10));
  `);
  assert.equal(
    check.fixed('CREATE TABLE a (paid_date VARCHAR(10) NOT NULL)'),
    'CREATE TABLE a (paid_date DATE NOT NULL)',
  );
});

test('keys that are not enforced are told once a file, and not where a load keeps doubles out', () => {
  const check = ruleChecker(redshiftConstraintNotEnforced);
  check(`
    CREATE TABLE a (id INT NOT NULL);
    CREATE TABLE b (id INT PRIMARY KEY);
    --           ^ hint: the keys of b
    CREATE TABLE c (id INT, UNIQUE (id));
  `);
  check(`
    CREATE TABLE d (id INT, a_id INT, FOREIGN KEY (a_id) REFERENCES a (id));
    --           ^ hint
  `);
  check(`
    CREATE TEMP TABLE t (id INT PRIMARY KEY);
  `);
  for (const load of [
    'MERGE INTO e USING s ON e.id = s.id WHEN MATCHED THEN UPDATE SET n = s.n WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.n)',
    'INSERT INTO e SELECT DISTINCT id, n FROM s',
    'INSERT INTO e SELECT id, n FROM (SELECT id, n, ROW_NUMBER() OVER (PARTITION BY id ORDER BY n) AS r FROM s) WHERE r = 1',
    'INSERT INTO e SELECT id, n FROM s WHERE NOT EXISTS (SELECT 1 FROM e WHERE e.id = s.id)',
  ]) {
    check(`CREATE TABLE e (id INT PRIMARY KEY, n INT); ${load}`);
  }
  check(`
    CREATE TABLE e (id INT PRIMARY KEY, n INT);
    --           ^ hint
    INSERT INTO e SELECT id, n FROM s;
  `);
});

test('types of PostgreSQL alone are errors as columns, and in casts where nothing knows them', () => {
  const check = ruleChecker(redshiftUnsupportedType);
  check(`
    CREATE TABLE a (id SERIAL, body JSON, key UUID);
    --                 ^^^^^^ error: no type SERIAL: use BIGINT IDENTITY(1,1)
    --                              ^^^^ error: use SUPER
    --                                        ^^^^ error: use VARCHAR(36)
    CREATE TABLE b (tags VARCHAR(20)[], raw BYTEA, price MONEY);
    --                   ^^^^^^^^^^^^^ error: no array columns
    --                                      ^^^^^ error: use VARBYTE
    --                                                   ^^^^^ error: use DECIMAL(19,2)
    ALTER TABLE c ADD COLUMN doc JSONB;
    --                           ^^^^^ error
    SELECT body::json FROM c;
    --           ^^^^ error: no type JSON
    SELECT CAST(id AS uuid) FROM c;
    --                ^^^^ error
    SELECT 'c'::regclass, oid::text, id::varchar(36), x::inet FROM pg_class;
    CREATE TABLE d (id BIGINT IDENTITY(1,1), body SUPER, raw VARBYTE, place GEOMETRY, h HLLSKETCH, t TIMETZ);
    CREATE TABLE e (span INTERVAL YEAR TO MONTH, wait INTERVAL DAY TO SECOND);
    CREATE TABLE f (json VARCHAR(100), uuid CHAR(36), serial INT);
    CREATE TABLE g (id {{ id_type }}, kind "json");
    CREATE EXTERNAL TABLE s.h (tags array<varchar(20)>) STORED AS PARQUET LOCATION 's3://b/h/';
  `);
  assert.equal(
    check.fixed('CREATE TABLE a (id SERIAL, doc jsonb NOT NULL)'),
    'CREATE TABLE a (id BIGINT IDENTITY(1,1), doc SUPER NOT NULL)',
  );
});

test('TEXT and BPCHAR are reported as column types, and never as casts', () => {
  const check = ruleChecker(redshiftTextTruncates);
  check(`
    CREATE TABLE a (id INT, body TEXT NOT NULL);
    --                           ^^^^ warning: body becomes VARCHAR(256)
    CREATE TEMP TABLE b (code BPCHAR);
    --                        ^^^^^^ warning: code becomes CHAR(256)
    ALTER TABLE a ADD COLUMN note TEXT DEFAULT '';
    --                            ^^^^ warning
    SELECT id::text, CAST(id AS TEXT) FROM a;
    CREATE TABLE c (text VARCHAR(20), body VARCHAR(4000));
    CREATE TABLE d AS SELECT id::text AS id FROM a;
  `);
  assert.equal(check.fixed('CREATE TABLE a (b text)'), 'CREATE TABLE a (b VARCHAR(4096))');
});

test('indexes, triggers, sequences, tablespaces and checks are errors', () => {
  ruleChecker(redshiftUnsupportedDdl)(`
      CREATE INDEX by_day ON orders (day);
    --^^^^^^^^^^^^ error: no indexes
      CREATE UNIQUE INDEX by_id ON orders (id);
    --^^^^^^^^^^^^^^^^^^^ error
      CREATE SEQUENCE ids START 1;
    --^^^^^^^^^^^^^^^ error: no sequences
      CREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW EXECUTE PROCEDURE f();
    --^^^^^^^^^^^^^^ error: no triggers
    CREATE TABLE a (n INT CHECK (n > 0), CHECK (n < 9));
    --                    ^^^^^^^^^^^^^ error: no CHECK
    --                                   ^^^^^^^^^^^^^ error
    CREATE TABLE b (n INT NOT NULL, PRIMARY KEY (n), UNIQUE (n));
    CREATE SCHEMA index;
    CREATE GROUP trigger_users;
    CREATE DATASHARE sales;
    CREATE MODEL m FROM t TARGET y FUNCTION f IAM_ROLE default SETTINGS (S3_BUCKET 'b');
  `);
});

test('a clause of PostgreSQL is one error that names it', () => {
  const clauses = [
    ['INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING', 'ON CONFLICT'],
    ['DELETE FROM t WHERE id = 1 RETURNING id', 'RETURNING'],
    ['UPDATE t SET n = 1 WHERE id = 1 RETURNING *', 'RETURNING'],
    ['CREATE TABLE #t (id INT) INHERITS (p)', 'INHERITS'],
    ['CREATE TABLE #t (id INT) TABLESPACE x', 'TABLESPACE'],
    ['CREATE TABLE #t (id INT) PARTITION BY RANGE (id)', 'RANGE'],
    ['CREATE TABLE #t PARTITION OF p FOR VALUES FROM (1) TO (2)', 'PARTITION OF'],
    ['CREATE TABLE #t (id INT, EXCLUDE USING gist (id WITH =))', 'gist'],
  ];
  for (const [sql = '', part] of clauses) {
    const { findings } = lintDocument(readDocument(sql, 'redshift'), {
      catalog: catalogFrom('', 'redshift'),
      config: { rules: {} },
    });
    assert.deepEqual(
      findings.map(({ code, severity, start, end }) => [code, severity, sql.slice(start, end)]),
      [['RS117', 'error', part]],
    );
  }
  ruleChecker(redshiftUnsupportedDdl)(`
    INSERT INTO t VALUES (1) {{ on_conflict }};
    CREATE TABLE t (returning INT, conflict INT, inherits INT);
  `);
});

test('an IDENTITY of another type than INT or BIGINT is an error', () => {
  const check = ruleChecker(redshiftIdentity);
  check(`
    CREATE TABLE a (id SMALLINT IDENTITY(1,1));
    --                 ^^^^^^^^ error: id is an IDENTITY of type SMALLINT
    CREATE TABLE b (id VARCHAR(20) GENERATED BY DEFAULT AS IDENTITY(1,1));
    --                 ^^^^^^^^^^^ error
    CREATE TABLE c (id INT IDENTITY(1,1));
    CREATE TABLE d (id INTEGER GENERATED BY DEFAULT AS IDENTITY(0,1));
    CREATE TABLE e (id INT8 IDENTITY(1,1), n SMALLINT);
    CREATE TABLE f (id {{ id_type }} IDENTITY(1,1));
  `);
  assert.equal(
    check.fixed('CREATE TABLE a (id DECIMAL(9,0) IDENTITY(1,1))'),
    'CREATE TABLE a (id BIGINT IDENTITY(1,1))',
  );
});

test('a table LIKE another takes no layout', () => {
  const check = ruleChecker(redshiftLikeWithKeys);
  check(`
    CREATE TABLE a (LIKE b) DISTKEY(id) SORTKEY(day);
    --                      ^^^^^^^^^^^ error: DISTKEY cannot be given here: a takes it over from b
    --                                  ^^^^^^^^^^^^ error: SORTKEY
    CREATE TABLE c (LIKE s.b) BACKUP NO;
    --                        ^^^^^^^^^ error: from s.b
    CREATE TEMP TABLE d (LIKE b INCLUDING DEFAULTS);
    CREATE TABLE e (LIKE b EXCLUDING DEFAULTS);
    CREATE TABLE f (id INT) DISTKEY(id);
  `);
  assert.equal(
    check.fixed('CREATE TABLE a (LIKE b) DISTSTYLE KEY DISTKEY(id) COMPOUND SORTKEY(day)'),
    'CREATE TABLE a (LIKE b)',
  );
});

test('a CREATE TABLE AS of a join or aggregate without layout is reported when it is joined later', () => {
  const check = ruleChecker(redshiftCtasInheritedKeys);
  const join = 'SELECT c.name FROM totals t JOIN clients c ON c.id = t.client_id';
  check(`
    CREATE TABLE totals AS SELECT client_id, sum(n) AS n FROM orders GROUP BY client_id;
    --           ^^^^^^ information: joined on client_id later
    ${join};
  `);
  for (const quiet of [
    'CREATE TABLE totals AS SELECT client_id, n FROM orders WHERE n > 0',
    'CREATE TEMP TABLE totals AS SELECT client_id, sum(n) AS n FROM orders GROUP BY client_id',
    'CREATE TABLE totals DISTSTYLE EVEN AS SELECT client_id, sum(n) AS n FROM orders GROUP BY client_id',
    'CREATE TABLE staging.totals AS SELECT client_id, sum(n) AS n FROM orders GROUP BY client_id',
  ]) {
    check(`${quiet}; ${join}`);
  }
  check('CREATE TABLE totals AS SELECT client_id, sum(n) AS n FROM orders GROUP BY client_id');
  assert.equal(
    check.fixed(`CREATE TABLE totals AS SELECT client_id, sum(n) AS n FROM orders GROUP BY 1; ${join}`),
    `CREATE TABLE totals DISTKEY(client_id) SORTKEY(client_id) AS SELECT client_id, sum(n) AS n FROM orders GROUP BY 1; ${join}`,
  );
});
