/**
 * Statements of Athena that are neither queries nor changes of rows nor CREATE or ALTER of tables and views.
 * Source: Athena user guide, "DDL statements" and the pages below it, and "SQL queries, functions, and operators".
 */
export const athenaShapes = `
ALTER <DATABASE | SCHEMA> path SET <DBPROPERTIES props | LOCATION string | OWNER <USER | ROLE> name>
ALTER VIEW path rest
CREATE <DATABASE | SCHEMA | REMOTE DATABASE> [IF NOT EXISTS] path {COMMENT string | LOCATION string | MANAGEDLOCATION string | WITH DBPROPERTIES props}
CREATE [OR REPLACE] [EXTERNAL] <TABLE | [PROTECTED] [MULTI DIALECT] VIEW> rest
DEALLOCATE PREPARE name
DESCRIBE <INPUT | OUTPUT> name
DESCRIBE <DATABASE | SCHEMA> [EXTENDED] path
DESCRIBE FUNCTION [EXTENDED] <path | string>
DESCRIBE [EXTENDED | FORMATTED] path [PARTITION partition] [column]
DESC <DATABASE | SCHEMA> [EXTENDED] path
DESC [EXTENDED | FORMATTED] path [PARTITION partition] [column]
DROP <DATABASE | SCHEMA> [IF EXISTS] path [RESTRICT | CASCADE]
DROP TABLE [IF EXISTS] path [PURGE]
DROP VIEW [IF EXISTS] path
MSCK [REPAIR] TABLE path [<ADD | DROP | SYNC> PARTITIONS]
OPTIMIZE path REWRITE DATA USING BIN_PACK [WHERE expr]
SHOW <DATABASES | SCHEMAS> [LIKE string]
SHOW <TABLES | VIEWS> [<IN | FROM> path] [like]
SHOW PARTITIONS path [PARTITION partition]
SHOW COLUMNS <IN | FROM> path [<IN | FROM> path] [like]
SHOW CREATE <TABLE | VIEW> path
SHOW TBLPROPERTIES path [( string )]
SHOW TABLE EXTENDED rest
SHOW <CATALOGS | FUNCTIONS | SESSION | STATS | GRANT | GRANTS | ROLE | ROLES | PRINCIPALS | CURRENT | COMPACTIONS | INDEX | INDEXES | FORMATTED | LOCKS | TRANSACTIONS | CONF> [rest]
SHOW CREATE <DATABASE | SCHEMA | FUNCTION | MATERIALIZED> rest
VACUUM path

like: [LIKE] string
props: ( property% )
property: string = string
partition: ( <label [= expr]>% )
column: <name | string> {. <label | string>}
`;
