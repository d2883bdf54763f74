CREATE DATABASE depot

create database if not exists depot comment 'parcels and routes' location 's3://depot-lake/db/'

CREATE SCHEMA IF NOT EXISTS `depot-raw` LOCATION 's3://depot-lake/raw/' WITH DBPROPERTIES ('owner' = 'logistics', 'stage' = 'raw')

create schema depot_tmp with dbproperties ('ttl'='7')

ALTER DATABASE depot SET DBPROPERTIES ('owner' = 'team-routes', 'reviewed' = '2024-05-01')

alter schema depot set dbproperties ('a' = 'b')

DROP DATABASE depot_tmp

drop schema if exists depot_tmp cascade

DROP DATABASE IF EXISTS `depot-raw` RESTRICT

CREATE EXTERNAL TABLE parcels (parcel_id bigint, weight_g int) STORED AS PARQUET LOCATION 's3://depot-lake/parcels/'

create external table if not exists depot.scans (
  scan_id string comment 'unique per scan',
  parcel_id bigint,
  scanned_at timestamp,
  hub struct<code:string, position:struct<lat:double,lon:double>>,
  labels array<string>,
  attrs map<string, string>
)
comment 'one row per scan'
partitioned by (scan_day date comment 'UTC', hub_code string)
stored as parquet
location 's3://depot-lake/scans/'
tblproperties ('parquet.compression' = 'ZSTD', 'classification' = 'parquet')

CREATE EXTERNAL TABLE `routes`(`route_id` string, `legs` array<struct<`from`:string,`to`:string,km:float>>) STORED AS ORC LOCATION 's3://depot-lake/routes/' TBLPROPERTIES ("orc.compress"="ZLIB")

create external table tariffs (zone string, price decimal(12,4), valid_from date) row format delimited fields terminated by ';' lines terminated by '\n' stored as textfile location 's3://depot-lake/tariffs/' tblproperties ('skip.header.line.count' = '1')

CREATE EXTERNAL TABLE tabbed (a string, b string) ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t' ESCAPED BY '\\' NULL DEFINED AS '\\N' LOCATION 's3://depot-lake/tabbed/'

create external table keyed (k string, xs array<int>, m map<string,int>) row format delimited fields terminated by '\001' collection items terminated by '\002' map keys terminated by '\003' stored as textfile location 's3://depot-lake/keyed/'

CREATE EXTERNAL TABLE quoted_csv (id string, note string) ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.OpenCSVSerde' WITH SERDEPROPERTIES ('separatorChar' = ',', 'quoteChar' = '"', 'escapeChar' = '\\') STORED AS TEXTFILE LOCATION 's3://depot-lake/quoted/' TBLPROPERTIES ('skip.header.line.count'='1')

create external table clicks_json (at string, page string, `user` struct<id:bigint,name:string>) row format serde 'org.openx.data.jsonserde.JsonSerDe' with serdeproperties ('ignore.malformed.json' = 'true', 'mapping.at' = 'timestamp', 'case.insensitive'='false') location 's3://depot-lake/clicks/'

CREATE EXTERNAL TABLE hive_json (line_id int) ROW FORMAT SERDE 'org.apache.hive.hcatalog.data.JsonSerDe' LOCATION 's3://depot-lake/hivejson/'

create external table access_lines (ip string, ident string, at string, request string, status int) row format serde 'org.apache.hadoop.hive.serde2.RegexSerDe' with serdeproperties ('input.regex' = '^(\\S+) (\\S+) \\[([^\\]]+)\\] "([^"]*)" (\\d{3}).*$') location 's3://depot-logs/access/'

CREATE EXTERNAL TABLE grok_lines (level string, message string) ROW FORMAT SERDE 'com.amazonaws.glue.serde.GrokSerDe' WITH SERDEPROPERTIES ('input.format' = '%{LOGLEVEL:level} %{GREEDYDATA:message}') STORED AS INPUTFORMAT 'org.apache.hadoop.mapred.TextInputFormat' OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat' LOCATION 's3://depot-logs/grok/'

create external table avro_events (id string, kind string) row format serde 'org.apache.hadoop.hive.serde2.avro.AvroSerDe' with serdeproperties ('avro.schema.literal' = '{"type":"record","name":"ev","fields":[{"name":"id","type":"string"},{"name":"kind","type":"string"}]}') stored as avro location 's3://depot-lake/avro/'

CREATE EXTERNAL TABLE trail (eventversion STRING, useridentity STRUCT<type:STRING, arn:STRING, sessioncontext:STRUCT<attributes:STRUCT<mfaauthenticated:STRING>>>, resources ARRAY<STRUCT<arn:STRING, accountid:STRING>>) PARTITIONED BY (region string, `date` string) ROW FORMAT SERDE 'org.apache.hive.hcatalog.data.JsonSerDe' STORED AS INPUTFORMAT 'com.amazon.emr.cloudtrail.CloudTrailInputFormat' OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat' LOCATION 's3://audit-logs/AWSLogs/111122223333/CloudTrail/'

create external table projected (id bigint) partitioned by (dt string, hour int) stored as parquet location 's3://depot-lake/projected/' tblproperties ('projection.enabled'='true', 'projection.dt.type'='date', 'projection.dt.range'='2022/01/01,NOW', 'projection.dt.format'='yyyy/MM/dd', 'projection.dt.interval'='1', 'projection.dt.interval.unit'='DAYS', 'projection.hour.type'='integer', 'projection.hour.range'='0,23', 'projection.hour.digits'='2', 'storage.location.template'='s3://depot-lake/projected/${dt}/${hour}/')

CREATE EXTERNAL TABLE injected (v double) PARTITIONED BY (device_id string) STORED AS PARQUET LOCATION 's3://depot-lake/injected/' TBLPROPERTIES ('projection.enabled'='true','projection.device_id.type'='injected','storage.location.template'='s3://depot-lake/injected/${device_id}/')

create external table bucketed (id bigint, at timestamp) clustered by (id) into 32 buckets stored as parquet location 's3://depot-lake/bucketed/'

CREATE EXTERNAL TABLE bucketed_sorted (id bigint, at timestamp) PARTITIONED BY (dt string) CLUSTERED BY (id) SORTED BY (at DESC, id) INTO 16 BUCKETS STORED AS ORC LOCATION 's3://depot-lake/bs/'

create external table rc (a tinyint, b smallint, c boolean, d float, e double, f char(3), g varchar(20), h binary) stored as rcfile location 's3://depot-lake/rc/'

CREATE EXTERNAL TABLE seq (a string) STORED AS SEQUENCEFILE LOCATION 's3://depot-lake/seq/'

create external table explicit_parquet (a int) row format serde 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' with serdeproperties ('serialization.format' = '1') stored as inputformat 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat' outputformat 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat' location 's3://depot-lake/ep/' tblproperties ('has_encrypted_data'='true')

CREATE EXTERNAL TABLE ion_rows (a int) STORED AS ION LOCATION 's3://depot-lake/ion/'

create external table delta_parcels location 's3://depot-lake/delta/parcels/' tblproperties ('table_type' = 'DELTA')

CREATE EXTERNAL TABLE hudi_parcels (`_hoodie_commit_time` string, id bigint) PARTITIONED BY (dt string) ROW FORMAT SERDE 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' STORED AS INPUTFORMAT 'org.apache.hudi.hadoop.HoodieParquetInputFormat' OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat' LOCATION 's3://depot-lake/hudi/'

create external table words (`select` int, `from` string, `timestamp` timestamp, `Ünïcode` string, `with space` string) location 's3://depot-lake/words/'

CREATE EXTERNAL TABLE nested_deep (a array<array<map<string,struct<x:array<int>,y:decimal(3,1)>>>>) STORED AS PARQUET LOCATION 's3://depot-lake/deep/'

create external table inv (bucket string, `key` string, version_id string, is_latest boolean, size bigint) partitioned by (dt string) row format serde 'org.apache.hadoop.hive.ql.io.orc.OrcSerde' stored as inputformat 'org.apache.hadoop.hive.ql.io.orc.OrcInputFormat' outputformat 'org.apache.hadoop.hive.ql.io.orc.OrcOutputFormat' location 's3://inventory/depot/hive/' tblproperties ('projection.enabled' = 'false')

-- a table with comments inside
create external table commented (
  id bigint, -- the id
  /* second */ name string
)
stored as parquet -- columnar
location 's3://depot-lake/commented/'

CREATE TABLE depot.parcels_ice (id bigint, created_at timestamp, hub string, weight decimal(9, 3)) PARTITIONED BY (day(created_at), bucket(16, id)) LOCATION 's3://depot-lake/ice/parcels/' TBLPROPERTIES ('table_type' = 'ICEBERG', 'format' = 'parquet', 'write_compression' = 'zstd', 'vacuum_max_snapshot_age_seconds' = '259200')

create table ice_all (a boolean, b int, c bigint, d float, e double, f decimal(10,2), g date, h timestamp, i string, j binary, k struct<x:int,y:string>, l array<int>, m map<string,double>) partitioned by (year(h), truncate(10, i), g) location 's3://depot-lake/ice/all/' tblproperties ('table_type'='iceberg')

CREATE TABLE IF NOT EXISTS ice_plain (id int COMMENT 'key') COMMENT 'no partitions' LOCATION 's3://depot-lake/ice/plain/' TBLPROPERTIES ('table_type'='ICEBERG','optimize_rewrite_delete_file_threshold'='10')

create table ice_hours (id bigint, ts timestamp) partitioned by (hour(ts), month(ts)) location 's3://depot-lake/ice/hours' tblproperties ('table_type' = 'ICEBERG')

CREATE TABLE daily AS SELECT hub, count(*) AS n FROM scans GROUP BY hub

create table depot.daily_pq with (format = 'PARQUET', write_compression = 'SNAPPY', external_location = 's3://depot-lake/daily_pq/') as select hub, n from daily

CREATE TABLE by_day WITH (format = 'ORC', partitioned_by = ARRAY['scan_day', 'hub_code'], bucketed_by = ARRAY['parcel_id'], bucket_count = 12) AS SELECT parcel_id, weight, scan_day, hub_code FROM scans

create table if not exists ice_ctas with (table_type = 'ICEBERG', is_external = false, location = 's3://depot-lake/ice/ctas/', format = 'ORC', partitioning = array['month(ts)', 'bucket(id, 8)'], vacuum_min_snapshots_to_keep = 3) as select id, ts from parcels_src

CREATE TABLE empty_copy WITH (format = 'AVRO') AS SELECT * FROM parcels WITH NO DATA

create table txt with (format = 'TEXTFILE', field_delimiter = '|', write_compression = 'GZIP') as with x as (select 1 as a union all select 2) select a from x with data

CREATE TABLE js WITH (format='JSON', external_location='s3://depot-lake/js/') AS (SELECT cast(m AS varchar) AS m FROM t1)

create table "depot"."vals" as values (1, 'a'), (2, 'b')

CREATE VIEW open_parcels AS SELECT parcel_id FROM parcels WHERE delivered_at IS NULL

create or replace view depot.parcel_ages as with p as (select parcel_id, date_diff('day', created_at, now()) as age from parcels) select * from p where age > 3 order by age desc

CREATE OR REPLACE VIEW "depot"."v_1" AS SELECT a.*, b.x FROM a JOIN b USING (id)

create view v_union as select 1 as a union all select 2

ALTER VIEW depot_dialect ADD DIALECT AS SELECT 1 AS a

DROP VIEW open_parcels

drop view if exists depot.open_parcels

DROP TABLE parcels

drop table if exists `depot-raw`.`parcels`

DROP TABLE IF EXISTS depot.parcels_ice

ALTER TABLE scans ADD PARTITION (scan_day = '2024-05-01', hub_code = 'OSL')

alter table depot.scans add if not exists partition (scan_day = date '2024-05-01', hub_code = 'BGO') location 's3://depot-lake/scans/20240501/BGO/' partition (scan_day = date '2024-05-02', hub_code = 'BGO') location 's3://depot-lake/scans/20240502/BGO/'

ALTER TABLE scans DROP PARTITION (scan_day = '2024-05-01', hub_code = 'OSL')

alter table scans drop if exists partition (scan_day = '2024-05-01'), partition (scan_day = '2024-05-02')

ALTER TABLE scans PARTITION (scan_day = '2024-05-01', hub_code = 'OSL') RENAME TO PARTITION (scan_day = '2024-05-01', hub_code = 'OSL1')

alter table scans partition (scan_day='2024-05-01', hub_code='OSL') set location 's3://depot-lake/scans_fixed/'

ALTER TABLE parcels SET LOCATION 's3://depot-lake/parcels_v2/'

alter table parcels set tblproperties ('classification' = 'parquet', 'comment' = 'moved')

ALTER TABLE parcels ADD COLUMNS (insured boolean COMMENT 'since 2024', tags array<string>)

alter table scans partition (scan_day='2024-05-01', hub_code='OSL') add columns (device string)

ALTER TABLE parcels REPLACE COLUMNS (parcel_id bigint, weight_g int, hub string)

alter table parcels_ice add columns (note string, dims struct<w:int,h:int>)

ALTER TABLE parcels_ice DROP COLUMN note

alter table parcels_ice change column weight weight_kg decimal(12, 3)

ALTER TABLE parcels_ice CHANGE hub hub_code string AFTER id

alter table parcels_ice change column hub hub string first

ALTER TABLE parcels_ice SET TBLPROPERTIES ('write_compression' = 'snappy')

alter table parcels_ice unset tblproperties ('write_target_data_file_size_bytes')

ALTER TABLE depot.parcels_ice RENAME TO depot.parcels_iceberg

OPTIMIZE parcels_ice REWRITE DATA USING BIN_PACK

optimize depot.parcels_ice rewrite data using bin_pack where hub = 'OSL' and created_at > timestamp '2024-01-01 00:00:00'

VACUUM parcels_ice

vacuum depot.parcels_ice

MSCK REPAIR TABLE scans

msck repair table `depot`.`scans`

SHOW DATABASES

show databases like 'depot.*'

SHOW SCHEMAS

show tables

SHOW TABLES IN depot

show tables in `depot-raw` 'parc*|scan*'

SHOW VIEWS

show views in depot like 'v_*'

SHOW PARTITIONS scans

show partitions `depot`.`scans`

SHOW COLUMNS IN parcels

show columns from parcels in depot

SHOW COLUMNS FROM depot.parcels

show create table depot.parcels

SHOW CREATE VIEW depot.open_parcels

show tblproperties parcels

SHOW TBLPROPERTIES parcels('classification')

DESCRIBE parcels

describe formatted depot.parcels

DESCRIBE EXTENDED scans PARTITION (scan_day = '2024-05-01', hub_code = 'OSL')

DESCRIBE parcels parcel_id

describe depot.open_parcels

INSERT INTO daily SELECT hub, count(*) FROM scans WHERE scan_day = DATE '2024-05-01' GROUP BY hub

insert into depot.daily (hub, n) values ('OSL', 3), ('BGO', 4)

INSERT INTO by_day (parcel_id, weight, scan_day, hub_code) WITH s AS (SELECT * FROM scans) SELECT parcel_id, weight, scan_day, hub_code FROM s

insert into vals values (3, null)

INSERT INTO "depot"."vals" ("a", "b") SELECT x, y FROM src UNION ALL SELECT 1, 'z'

insert into t1 table t2

DELETE FROM parcels_ice WHERE created_at < timestamp '2020-01-01 00:00:00'

delete from depot.parcels_ice

DELETE FROM parcels_ice WHERE id IN (SELECT id FROM erasure_requests)

UPDATE parcels_ice SET hub = 'OSL1' WHERE hub = 'OSL'

update depot.parcels_ice set weight = weight / 1000, hub = upper(hub)

UPDATE parcels_ice SET weight = (SELECT max(w) FROM limits) WHERE weight > 1000 OR hub IS NULL

MERGE INTO parcels_ice AS t USING parcels_stage AS s ON t.id = s.id WHEN MATCHED THEN UPDATE SET hub = s.hub, weight = s.weight WHEN NOT MATCHED THEN INSERT (id, created_at, hub, weight) VALUES (s.id, s.created_at, s.hub, s.weight)

merge into depot.parcels_ice t using (select id, max(hub) as hub from changes group by id) s on (t.id = s.id) when matched and s.hub is null then delete when matched then update set hub = s.hub

MERGE INTO parcels_ice t USING gone g ON t.id = g.id WHEN MATCHED THEN DELETE

merge into parcels_ice using fresh on parcels_ice.id = fresh.id when not matched and fresh.weight > 0 then insert values (fresh.id, fresh.created_at, fresh.hub, fresh.weight)

UNLOAD (SELECT * FROM scans) TO 's3://depot-out/scans/' WITH (format = 'PARQUET')

unload (select parcel_id, weight, scan_day from scans where hub_code = 'OSL') to 's3://depot-out/osl/' with (format = 'ORC', compression = 'ZSTD', compression_level = 5, partitioned_by = array['scan_day'])

UNLOAD (WITH x AS (SELECT 1 AS a) SELECT * FROM x) TO 's3://depot-out/x/' WITH (format = 'TEXTFILE', field_delimiter = ',', compression = 'gzip')

unload (select a from t1 union all select a from t2) to 's3://depot-out/u/' with (format = 'JSON')

EXPLAIN INSERT INTO daily SELECT hub, count(*) FROM scans GROUP BY hub

explain create table x1 as select 1 as a

EXPLAIN MERGE INTO parcels_ice t USING gone g ON t.id = g.id WHEN MATCHED THEN DELETE

CREATE EXTERNAL TABLE alb (type string, time string, elb string, client_port int, request_processing_time double) PARTITIONED BY (day STRING) ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.RegexSerDe' WITH SERDEPROPERTIES ('serialization.format' = '1', 'input.regex' = '([^ ]*) ([^ ]*) ([^ ]*)') LOCATION 's3://depot-logs/alb/' TBLPROPERTIES ("projection.enabled" = "true", "projection.day.type" = "date", "projection.day.range" = "2023/01/01,NOW", "projection.day.format" = "yyyy/MM/dd", "storage.location.template" = "s3://depot-logs/alb/${day}")

create external table cf_logs (`date` date, time string, x_edge_location string, sc_bytes bigint) row format delimited fields terminated by '\t' location 's3://depot-logs/cf/' tblproperties ('skip.header.line.count' = '2')

CREATE EXTERNAL TABLE enumd (id int) PARTITIONED BY (kind string) STORED AS PARQUET LOCATION 's3://depot-lake/enumd/' TBLPROPERTIES ('projection.enabled'='true','projection.kind.type'='enum','projection.kind.values'='a,b,c')

create external table lzo (id int) row format delimited fields terminated by '|' stored as textfile location 's3://depot-lake/lzo/' tblproperties ('write.compression'='LZO', 'serialization.encoding'='windows-1252')

CREATE EXTERNAL TABLE typed (c1 INTEGER, c2 DECIMAL, c3 DECIMAL(38), c4 TIMESTAMP, c5 DATE, c6 STRING) LOCATION 's3://depot-lake/typed/'

create table ctas_types as select cast(1 as tinyint) as a, cast('x' as varchar(5)) as b, date '2024-01-01' as c, array[1] as d, map(array['k'], array[1]) as e, cast(row(1) as row(f integer)) as g

CREATE TABLE ctas_join WITH (format='PARQUET') AS SELECT a.id, b.name FROM a LEFT JOIN b ON a.id = b.id WHERE a.dt = '2024-01-01' ORDER BY a.id

create or replace view v_unnest as select id, tag from items cross join unnest(tags) as t (tag)

ALTER TABLE logs ADD IF NOT EXISTS PARTITION (year='2024', month='05', day='01') LOCATION 's3://depot-logs/2024/05/01/'

insert into ice_all select true, 1, 2, 3.0, 4.0, 5.00, current_date, current_timestamp, 'x', to_utf8('x'), row(1, 'y'), array[1], map(array['a'], array[1.0])

CREATE DATABASE IF NOT EXISTS analytics

show databases like '*raw*'

DESCRIBE `depot`.`parcels`

show partitions scans

create protected multi dialect view depot_pm security definer as select 1 as a

CREATE OR REPLACE PROTECTED MULTI DIALECT VIEW depot.pm2 SECURITY DEFINER AS SELECT id FROM parcels

show tables in depot 'a*'
