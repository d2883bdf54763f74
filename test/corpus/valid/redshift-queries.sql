select 1

SELECT 'it''s', 'back\\slash', E'tab\there', 1.5e-3, .5, 10., date '2024-02-29', timestamp '2024-02-29 12:00', interval '3 days', interval '2' hour, true, null

select distinct line_code from trips

SELECT ALL a.trip_id AS id, a.* FROM transit.trips AS a

select t.trip_id "Trip Id", t."order" from transit.trips t

SELECT * FROM lake_db.public.trips LIMIT 10

select * from trips limit 10 offset 20

SELECT * FROM trips LIMIT ALL

select top 5 * from trips order by started_at desc

SELECT TOP 10 trip_id, fare FROM trips

SELECT line_code, count(*), sum(fare) AS total FROM trips GROUP BY line_code HAVING sum(fare) > 100 ORDER BY total DESC NULLS LAST

select line_code, count(*) from trips group by 1 order by 2 asc nulls first limit 3

SELECT line_code, stop_id, sum(fare) FROM trips GROUP BY ROLLUP (line_code, stop_id)

select line_code, stop_id, sum(fare), grouping(line_code), grouping_id(line_code, stop_id) from trips group by cube (line_code, stop_id)

SELECT line_code, stop_id, sum(fare) FROM trips GROUP BY GROUPING SETS ((line_code), (stop_id), ())

select line_code, sum(fare) from trips group by all

SELECT trip_id FROM trips WHERE fare BETWEEN 2 AND 5 AND NOT line_code IN ('A', 'B')

select trip_id from trips where note like 'x\\_%' and note not ilike '%late%' escape '!'

SELECT trip_id FROM trips WHERE note SIMILAR TO '%(late|early)%' AND note NOT SIMILAR TO 'z%'

select trip_id from trips where note ~ '^[0-9]+$' and note !~ 'x' and code ~* 'ab' or code !~* 'cd'

SELECT * FROM trips WHERE ended_at IS NULL OR note IS NOT NULL AND paid IS TRUE AND void IS NOT FALSE AND maybe IS UNKNOWN

select * from trips where (line_code, stop_id) in (select line_code, stop_id from closed)

SELECT * FROM trips t WHERE EXISTS (SELECT 1 FROM alerts a WHERE a.trip_id = t.trip_id) AND NOT EXISTS (SELECT 1 FROM refunds r WHERE r.trip_id = t.trip_id)

select * from trips where fare > all (select fare from trips where line_code = 'A') or fare = any (select 3)

SELECT CASE line_code WHEN 'A' THEN 1 ELSE 0 END, CASE WHEN fare > 3 THEN 'x' WHEN fare IS NULL THEN NULL END FROM trips

select nvl(fare, 0), nvl2(fare, 1, 0), coalesce(a, b), nullif(a, ''), decode(line_code, 'A', 1, 'B', 2, 0), greatest(a, b), least(a, b) from trips

SELECT fare::numeric(8, 2), '2024-01-01'::date, cast(x AS varchar(20)), convert(integer, y), z::float8::int FROM trips

select a + b * c / d % e - -f ^ 2, |/ 25, @ -3, a & b | c # d, ~a, a << 2, b >> 1, a || 'x' from trips

SELECT count(distinct rider_id), approximate count(distinct rider_id), approximate percentile_disc(0.5) within group (order by fare) FROM trips

select listagg(stop_id, ',') within group (order by seq) from trip_stops group by trip_id

SELECT listagg(DISTINCT stop_id, '|') WITHIN GROUP (ORDER BY stop_id) OVER (PARTITION BY line_code) FROM trip_stops

select percentile_cont(0.9) within group (order by fare) over (partition by line_code), median(fare) over (partition by line_code) from trips

SELECT rank() OVER (PARTITION BY line_code ORDER BY fare DESC), row_number() OVER (ORDER BY started_at), ntile(4) OVER (ORDER BY fare), dense_rank() OVER (ORDER BY fare), percent_rank() OVER (ORDER BY fare), cume_dist() OVER (ORDER BY fare) FROM trips

select lag(fare, 1) over (partition by line_code order by started_at), lead(fare) ignore nulls over (order by started_at), first_value(fare ignore nulls) over (order by started_at rows between unbounded preceding and current row), last_value(fare) over (partition by line_code order by started_at rows between unbounded preceding and unbounded following), nth_value(fare, 2) over (order by started_at rows unbounded preceding) from trips

SELECT sum(fare) OVER (PARTITION BY line_code ORDER BY started_at ROWS BETWEEN 6 PRECEDING AND CURRENT ROW), ratio_to_report(fare) OVER (PARTITION BY line_code) FROM trips

select * from trips qualify row_number() over (partition by rider_id order by started_at desc) = 1

SELECT rider_id, rank() OVER (ORDER BY sum(fare) DESC) AS r FROM trips WHERE fare > 0 GROUP BY rider_id HAVING count(*) > 1 QUALIFY r <= 10 ORDER BY r

select a.x, b.y from a join b on a.id = b.id left join c using (id, kind) right outer join d on d.id = a.id full join e on e.id = a.id cross join f

SELECT * FROM a NATURAL JOIN b

select * from a, b, c where a.id = b.id and b.k = c.k

SELECT * FROM (a JOIN b ON a.id = b.id) LEFT JOIN c ON c.id = a.id

select * from (select line_code, max(fare) as m from trips group by line_code) as x (code, top_fare) where top_fare > 3

SELECT a.id, b.id FROM t1 a, t2 b WHERE a.id = b.id (+)

with recent as (select * from trips where started_at > dateadd(day, -7, getdate())) select line_code, count(*) from recent group by 1

WITH a (x, y) AS (SELECT 1, 2), b AS (SELECT x FROM a) SELECT * FROM b

with recursive boss_tree (id, name, lvl) as (select id, name, 1 from staff where boss_id is null union all select s.id, s.name, t.lvl + 1 from staff s, boss_tree t where s.boss_id = t.id) select * from boss_tree order by lvl

SELECT a FROM t1 UNION SELECT a FROM t2 UNION ALL SELECT a FROM t3

select a from t1 intersect select a from t2 except select a from t3

SELECT a FROM t1 MINUS SELECT a FROM t2

(select a from t1 order by a limit 3) union all (select a from t2) order by 1 limit 2

select * exclude (ssn, phone) from riders

SELECT * EXCLUDE ssn FROM riders r JOIN cards c ON r.id = c.rider_id

select * from (select line_code, fare_type, fare from trips) pivot (sum(fare) for fare_type in ('adult', 'child', 'senior'))

SELECT * FROM (SELECT line_code, fare_type, fare FROM trips) PIVOT (avg(fare) AS mean FOR fare_type IN ('adult' AS a, 'child' AS c)) AS p

select * from counts_wide unpivot (n for kind in (adult, child, senior))

SELECT * FROM counts_wide UNPIVOT INCLUDE NULLS (n FOR kind IN (adult AS 'A', child AS 'C')) AS u WHERE n > 3

select * from counts_wide unpivot exclude nulls (n for kind in (adult, child))

SELECT e.doc.items[0].name, e.doc."Mixed", e.doc.a.b.c::int FROM events e

select i.name, i.qty from events e, e.doc.items i

SELECT e.id, i AS item, idx FROM events AS e, e.doc.items AS i AT idx WHERE i.qty > 1

select attr, val from events e, unpivot e.doc as val at attr

SELECT e.id, t.name FROM events e LEFT JOIN e.doc.tags AS t ON true

select array(1, 2, 3), object('a', 1), json_parse('{"a":[1,2]}'), json_serialize(doc), json_typeof(doc), is_array(doc.items), get_array_length(doc.items), subarray(doc.items, 0, 2), array_concat(array(1), array(2)), split_to_array('a,b', ',') from events

SELECT json_extract_path_text(raw, 'a', 'b'), json_extract_array_element_text(raw, 0, true), is_valid_json(raw), json_array_length(raw) FROM raw_events

select dateadd(month, -1, current_date), datediff(day, a, b), date_part(year, a), date_part('dow', b), date_trunc('month', a), extract(epoch from a), extract(hour from b), last_day(a), months_between(a, b), add_months(a, 2), trunc(a), to_char(a, 'YYYY-MM-DD HH24:MI'), to_date('20240101', 'YYYYMMDD'), to_timestamp('x', 'YYYY'), convert_timezone('UTC', 'Europe/Oslo', a), a at time zone 'UTC' from spans

SELECT getdate(), sysdate, current_date, current_timestamp, now(), timeofday(), current_user, session_user, user, current_database(), current_schema(), pg_backend_pid(), version()

select dateadd('hour', 3, ts), datediff(minutes, a, b), dateadd(qtr, 1, ts), dateadd(w, 1, ts), datepart(h, ts), ts + interval '1 month' - interval '2 days 3 hours' from spans

SELECT position('x' in a), substring(a, 1, 3), substring(a from 2 for 3), trim(both ' ' from a), trim(a), ltrim(a, 'x'), btrim(a), upper(a), initcap(a), split_part(a, ',', 2), regexp_substr(a, '[0-9]+'), regexp_replace(a, '\\s+', ' '), regexp_count(a, 'x', 1, 'i'), regexp_instr(a, 'x'), strpos(a, 'x'), charindex('x', a), left(a, 3), right(a, 2), replace(a, 'x', 'y'), translate(a, 'ab', 'cd'), repeat(a, 2), replicate(a, 2), lpad(a, 5, '0'), len(a), length(a), octet_length(a), reverse(a), quote_ident(a), quote_literal(a) FROM words

select md5(a), sha2(a, 256), func_sha1(a), crc32(a), checksum(a), fnv_hash(a), farmfingerprint64(a), strtol('ff', 16), to_hex(1), from_hex('ff'), random(), round(x, 2), trunc(x, 1), floor(x), ceil(x), mod(n, 3), power(x, 2), sqrt(x), sign(x), ln(x), log(x), exp(x), pi(), radians(x), width_bucket(x, 0, 10, 5) from numbers

SELECT st_distance(a.geom, b.geom), st_makepoint(10.7, 59.9), st_astext(geom), h3_fromlonglat(10.7, 59.9, 8) FROM places a, places b WHERE st_dwithin(a.geom, b.geom, 3)

select hll(rider_id), hll_create_sketch(rider_id), hll_cardinality(hll_combine(sketch)) from sketches

SELECT bool_and(ok), bool_or(ok), every(ok), any_value(x), stddev_samp(x), var_pop(x), bit_and(f), bit_or(f) FROM checks

select * from trips where started_at >= '2024-01-01' and started_at < '2024-02-01'::timestamp

SELECT * FROM spectrum_lake.clicks WHERE dt = '2024-01-01' AND "$path" LIKE '%part%'

select "$path", "$size", "$spectrum_oid" from spectrum_lake.clicks

SELECT c.id, o.shipdate FROM spectrum_lake.customers c, c.orders o WHERE o.total > 3

select count(*) from stl_query where userid > 1 and starttime > dateadd(hour, -1, sysdate)

SELECT "table", size, tbl_rows, unsorted, stats_off FROM svv_table_info ORDER BY size DESC

select trim(nspname) from pg_namespace where oid = 3

SELECT generate_series(1, 10)

select n from (select row_number() over () as n from stv_blocklist limit 10)

SELECT x.a FROM (SELECT 1 AS a UNION ALL SELECT 2) x WHERE x.a NOT IN (SELECT b FROM t WHERE b IS NOT NULL)

select * from trips where trip_id = $1 and line_code = $2

SELECT t.year, t.month, t.date, t.name, t.value, t.type, t.data, t.key, t.status FROM words_as_columns t

select 1 as year, 2 as month, 3 as name, 4 as value, 5 as type

SELECT "select", "from", "tag" FROM "weird schema"."weird table"

SELECT * FROM #session_trips

select *, fare * 1.25 as gross from trips

SELECT t.*, 1 AS one, count(*) OVER () AS n FROM trips t

-- a comment
select a /* inside
two lines */ , b -- trailing; with semicolon
from t1

SELECT max(a) FROM t1 GROUP BY b, c + 1, CASE WHEN d THEN 1 ELSE 2 END ORDER BY max(a), b

select (select max(fare) from trips) - min(fare) from trips

SELECT sum(CASE WHEN kind = 'in' THEN 1 ELSE 0 END)::float / nullif(count(*), 0) AS ratio FROM moves

select a from t1 where b = (select max(b) from t1) and c in (select c from t2 union select c from t3)

SELECT cast(a AS decimal(18, 4)), cast(b AS character varying(10)), cast(c AS double precision), cast(d AS timestamp with time zone), cast(e AS timestamp without time zone), cast(f AS bool), cast(g AS super), cast(h AS varbyte(16)), cast(i AS timetz), cast(j AS bpchar), cast(k AS char(2)), cast(l AS interval day to second) FROM t1

select a::varchar(max), b::super, c::geometry, d::int2, e::real, f::text, g::interval year to month from t1

select 'first' || chr(10) || $$dollar 'quoted'$$ as txt

SELECT interval '1-2' year to month, interval '3 04:05:06' day to second

select a, b into summary_copy from t1 where a > 3

SELECT line_code, count(*) INTO TEMP TABLE line_counts FROM trips GROUP BY line_code

select * into #tmp from trips limit 5

INSERT INTO line_totals SELECT line_code, sum(fare) FROM trips GROUP BY line_code

insert into line_totals (line_code, total) values ('A', 1.5), ('B', default), ('C', null)

INSERT INTO line_totals DEFAULT VALUES

insert into line_totals (line_code, total) with x as (select 'Z' as c, 3 as t) select c, t from x

INSERT INTO transit.line_totals (SELECT * FROM staging.line_totals)

update line_totals set total = total * 1.1 where line_code = 'A'

UPDATE line_totals SET total = s.total, note = DEFAULT FROM staging_totals s WHERE s.line_code = line_totals.line_code

update line_totals t set total = s.total from (select line_code, sum(fare) as total from trips group by 1) s join lines l on l.code = s.line_code where t.line_code = s.line_code

WITH s AS (SELECT line_code, sum(fare) AS total FROM trips GROUP BY 1) UPDATE line_totals SET total = s.total FROM s WHERE s.line_code = line_totals.line_code

update line_totals set total = (select sum(fare) from trips where trips.line_code = line_totals.line_code)

DELETE FROM line_totals

delete line_totals where total < 0

DELETE FROM line_totals USING dead_lines d WHERE d.code = line_totals.line_code AND d.closed_on < '2020-01-01'

delete from line_totals where line_code in (select code from dead_lines)

WITH dead AS (SELECT code FROM lines WHERE closed) DELETE FROM line_totals USING dead WHERE dead.code = line_totals.line_code

TRUNCATE line_totals

truncate table transit.line_totals

MERGE INTO line_totals USING staging_totals s ON line_totals.line_code = s.line_code WHEN MATCHED THEN UPDATE SET total = s.total WHEN NOT MATCHED THEN INSERT (line_code, total) VALUES (s.line_code, s.total)

merge into line_totals using (select line_code, sum(fare) as total from trips group by 1) as s on line_totals.line_code = s.line_code when matched then delete when not matched then insert values (s.line_code, s.total)

MERGE INTO line_totals USING staging_totals ON line_totals.line_code = staging_totals.line_code REMOVE DUPLICATES

explain select * from trips join lines on trips.line_code = lines.code

EXPLAIN VERBOSE SELECT count(*) FROM trips

explain delete from line_totals where total = 0

EXPLAIN INSERT INTO line_totals SELECT line_code, 1 FROM trips

begin

BEGIN TRANSACTION

begin work isolation level serializable read only

START TRANSACTION READ WRITE

commit

COMMIT WORK

end

END TRANSACTION

rollback

ROLLBACK WORK

abort

DECLARE trip_cursor CURSOR FOR SELECT * FROM trips ORDER BY trip_id

fetch forward 100 from trip_cursor

FETCH NEXT FROM trip_cursor

fetch all from trip_cursor

CLOSE trip_cursor

prepare trip_by_line (varchar(3), int) as select * from trips where line_code = $1 and fare > $2

PREPARE add_total AS INSERT INTO line_totals VALUES ($1, $2)

execute trip_by_line ('A', 3)

EXECUTE nightly_refresh

deallocate trip_by_line

DEALLOCATE PREPARE trip_by_line

lock trips

LOCK TABLE transit.trips, transit.lines

set search_path to transit, public

SET query_group TO 'batch'

set statement_timeout = 60000

SET SESSION AUTHORIZATION 'etl_user'

set timezone to 'Europe/Oslo'

SET enable_result_cache_for_session TO off

set local wlm_query_slot_count to 3

RESET query_group

reset all

SHOW search_path

show all

SHOW DATABASES

show schemas from database lake_db

SHOW SCHEMAS FROM DATABASE lake_db LIKE 'tr%' LIMIT 5

show tables from schema lake_db.transit

SHOW TABLES FROM SCHEMA lake_db.transit LIKE '%trips%'

show columns from table lake_db.transit.trips

SHOW TABLE transit.trips

show view transit.open_trips

SHOW EXTERNAL TABLE spectrum_lake.clicks

show external table spectrum_lake.clicks partition

SHOW PROCEDURE transit.load_day(date)

show datashares

SHOW DATASHARES LIKE 'tr%'

SHOW GRANTS ON TABLE transit.trips FOR etl_user

USE lake_db

call transit.load_day('2024-01-01')

CALL transit.refresh_all()

call get_totals('cur', 3 + 4, current_date)

cancel 18764

CANCEL 18764 'Long-running query'

SELECT sum(fare) FROM trips WHERE date_trunc('day', started_at) = current_date - 1

select u.name, count(t.trip_id) from riders u left join trips t on t.rider_id = u.id and t.started_at between u.joined_on and dateadd(day, 30, u.joined_on) group by u.name

SELECT e.doc.kind::varchar AS kind, count(*) FROM events e WHERE e.doc.kind IS NOT NULL AND e.doc.amount > 10 GROUP BY e.doc.kind

SELECT object_transform(doc KEEP '"a"."b"' SET '"c"', 3) FROM events

select lower(attr) from events as e, unpivot e.doc as v at attr where json_typeof(v) = 'number'

SELECT a.key, count(*) FROM (SELECT doc.attrs AS attrs FROM events) AS x, x.attrs AS a GROUP BY a.key

SELECT min(fare) AS "min", max(fare) AS "max" FROM trips WHERE started_at::date = '2024-01-01' AND coalesce(note, '') <> ''

select line_code, sum(fare) filter_total from trips group by line_code

SELECT a.id FROM a LEFT JOIN b ON a.id = b.id WHERE b.id IS NULL ORDER BY a.id DESC LIMIT 1

select sum(sum(fare)) over (order by line_code rows unbounded preceding) from trips group by line_code

SELECT column1 FROM t1 WHERE column1 > 1 AND (column2 = 2 OR column3 != 3) AND column4 <> 4

select case when exists (select 1 from trips) then 'yes' else 'no' end

select collate(name, 'case_sensitive') from riders
