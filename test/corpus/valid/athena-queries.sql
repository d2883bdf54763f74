SELECT 1

select 'it''s', date '2024-02-29', timestamp '2024-02-29 12:00:00.123', time '12:00:01', interval '3' day, interval '1' year

SELECT U&'\00fcber', X'65683F', 1.5e-3, .5, 10., 1E7, decimal '12.30', true, false, null

TABLE meter_readings

VALUES 1, 2, 3

values ('a', 1), ('b', 2) order by 2 desc limit 1

SELECT * FROM (VALUES (1, 'north'), (2, 'south')) AS zones (zone_id, zone_name)

select distinct carrier from flights

SELECT ALL origin, dest FROM flights

select f.* from flights f

SELECT f.flight_no, f.* FROM ops.flights AS f

select "Departure Time" as "when", "select" from "ops"."flights"

SELECT * FROM awsdatacatalog.ops.flights LIMIT 5

select * from "lambda:mysqlprod".crm.accounts limit 10

SELECT count(*) FROM rides

select count(distinct driver_id), count_if(tip > 0), sum(fare) filter (where status = 'done') from rides

SELECT driver_id, avg(fare) AS mean_fare FROM rides GROUP BY driver_id HAVING avg(fare) > 12

select city, hour(picked_up_at), count(*) from rides group by 1, 2 order by 3 desc nulls last

SELECT city, vehicle, sum(fare) FROM rides GROUP BY GROUPING SETS ((city, vehicle), (city), ())

select city, vehicle, sum(fare), grouping(city, vehicle) from rides group by rollup (city, vehicle)

SELECT city, vehicle, sum(fare) FROM rides GROUP BY CUBE (city, vehicle) HAVING grouping(city) = 0

select city, sum(fare) from rides group by all rollup (city), cube (vehicle, weekday)

SELECT city, count(*) FROM rides GROUP BY DISTINCT ROLLUP (city, zone), ROLLUP (city, vehicle)

select city, zone, count(*) from rides group by city, grouping sets ((zone), ())

SELECT count(*) FROM rides GROUP BY ()

select lower(city) as town, max(fare) from rides group by lower(city) order by town asc

SELECT * FROM rides ORDER BY picked_up_at DESC OFFSET 20 ROWS FETCH FIRST 10 ROWS ONLY

select * from rides order by fare fetch next row with ties

SELECT * FROM rides OFFSET 5 LIMIT 10

select * from rides limit all

SELECT ride_id FROM rides WHERE fare BETWEEN 5 AND 10 OR tip NOT BETWEEN 0 AND 1

select ride_id from rides where city in ('Oslo', 'Bergen') and status not in ('void')

SELECT ride_id FROM rides WHERE city LIKE 'St.%' AND note NOT LIKE '50!%' ESCAPE '!'

select ride_id from rides where dropped_at is null or dropped_at is not null

SELECT ride_id FROM rides WHERE tip IS DISTINCT FROM fare AND city IS NOT DISTINCT FROM zone

select ride_id from rides where not (fare > 3 and not tip < 1)

SELECT ride_id FROM rides r WHERE EXISTS (SELECT 1 FROM complaints c WHERE c.ride_id = r.ride_id)

select * from rides where (city, zone) in (select city, zone from hot_zones)

SELECT * FROM rides WHERE fare > ALL (SELECT fare FROM rides WHERE city = 'Oslo')

select * from rides where fare = any (values 10, 20) or fare <> some (select 3)

SELECT * FROM rides WHERE fare > (SELECT avg(fare) FROM rides)

select case status when 'done' then 1 when 'void' then 0 else -1 end from rides

SELECT CASE WHEN fare > 20 THEN 'long' WHEN fare > 5 THEN 'short' END AS kind FROM rides

select coalesce(tip, 0), nullif(city, ''), if(fare > 3, 'y', 'n'), if(tip is null, 0) from rides

SELECT try(1 / 0), try_cast('x' AS integer), cast(fare AS decimal(10, 2)) FROM rides

select cast(row(1, 'a') as row(id bigint, label varchar)), cast(null as array(double))

SELECT cast(payload AS map(varchar, array(row(x integer, y timestamp(3) with time zone)))) FROM events

select cast('2024-01-01 00:00:00' as timestamp), cast(a as timestamp(6)), cast(b as time with time zone), cast(c as double precision) from t1

SELECT cast(a AS char(3)), cast(b AS varchar(20)), cast(c AS varbinary), cast(d AS json), cast(e AS uuid), cast(f AS ipaddress) FROM t1

select a || '-' || b, a + b * c / d % e - -f, +g from t1

SELECT a.b.c, a[1], m['k'], arr[1][2].field, (row(1, 2)).field0 FROM nested_things AS a

select array[1, 2, 3], array[], array['x'] || 'y', map(array['a'], array[1]), map()

SELECT row(1, 2.0, 'three'), (1, 2) = (1, 2)

select transform(xs, x -> x * 2), filter(xs, x -> x is not null), reduce(xs, 0, (s, x) -> s + x, s -> s) from arrays_of_things

SELECT zip_with(a, b, (x, y) -> x + y), any_match(a, e -> e > 3), map_filter(m, (k, v) -> v > 1 AND k <> 'z') FROM arrays_of_things

select transform_values(m, (k, v) -> (k, v)), reduce(a, cast(row(0.0, 0) as row(s double, n integer)), (st, x) -> cast(row(st.s + x, st.n + 1) as row(s double, n integer)), st -> if(st.n = 0, null, st.s / st.n)) from arrays_of_things

SELECT array_sort(a, (x, y) -> IF(x < y, 1, IF(x = y, 0, -1))) FROM arrays_of_things

select element_at(m, 'k'), cardinality(a), contains(a, 3), flatten(aa), slice(a, 2, 3), sequence(1, 10, 2) from arrays_of_things

SELECT t.item FROM baskets CROSS JOIN UNNEST(items) AS t (item)

select b.basket_id, u.item, u.n from baskets b cross join unnest(b.items) with ordinality as u (item, n)

SELECT k, v FROM baskets, UNNEST(attributes) AS kv (k, v) WHERE k LIKE 'promo%'

select * from unnest(array[1, 2], array['a', 'b', 'c']) as x (n, s)

SELECT b.basket_id, i.sku, i.qty FROM baskets b LEFT JOIN UNNEST(b.lines) AS i (sku, qty) ON TRUE

select day from unnest(sequence(date '2024-01-01', date '2024-01-31', interval '1' day)) as days (day)

SELECT r.ride_id, l.n FROM rides r CROSS JOIN LATERAL (SELECT count(*) AS n FROM stops s WHERE s.ride_id = r.ride_id) l

select * from regions r left join lateral (select max(temp) as hottest from stations s where s.region = r.region) m on true

SELECT a.x, b.y FROM a JOIN b ON a.id = b.id AND a.kind = 'z' LEFT JOIN c USING (id, kind)

select * from a natural join b

SELECT * FROM a FULL OUTER JOIN b ON a.id = b.id RIGHT JOIN c ON c.id = coalesce(a.id, b.id)

select * from a inner join (b left outer join c on b.k = c.k) on a.k = b.k

SELECT * FROM (a CROSS JOIN b) JOIN c ON a.x = c.x, d

select * from (select a.*, row_number() over (partition by k order by ts desc) as rn from a) where rn = 1

SELECT k, rank() OVER w, dense_rank() OVER w, sum(v) OVER (w ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM a WINDOW w AS (PARTITION BY k ORDER BY ts)

select sum(v) over (order by ts rows between 6 preceding and current row) from metrics

SELECT sum(v) OVER (ORDER BY ts RANGE BETWEEN INTERVAL '7' DAY PRECEDING AND INTERVAL '1' DAY FOLLOWING) FROM metrics

select avg(v) over (partition by host order by ts groups between 2 preceding and 1 following) from metrics

SELECT lag(v, 1, 0) OVER (ORDER BY ts), lead(v) IGNORE NULLS OVER (ORDER BY ts), first_value(v) RESPECT NULLS OVER (PARTITION BY host ORDER BY ts) FROM metrics

select nth_value(v, 2) over (order by ts rows unbounded preceding), last_value(v) over (order by ts rows between unbounded preceding and unbounded following) from metrics

SELECT host, sum(v) FILTER (WHERE v > 0) OVER (PARTITION BY host) FROM metrics

select listagg(host, ', ') within group (order by host) from metrics

SELECT LISTAGG(DISTINCT host, ',' ON OVERFLOW TRUNCATE '...' WITH COUNT) WITHIN GROUP (ORDER BY host DESC) FROM metrics GROUP BY region

select array_agg(v order by ts desc nulls first) filter (where v is not null), array_agg(distinct host) from metrics

SELECT approx_percentile(v, ARRAY[0.5, 0.95]), approx_distinct(host), max_by(host, v), min_by(host, v, 3), histogram(region), map_agg(host, v) FROM metrics

select extract(year from ts), extract(dow from ts), extract(timezone_hour from ts at time zone 'Europe/Oslo') from metrics

SELECT current_date, current_timestamp, current_timestamp(3), localtime, localtimestamp, current_user, now()

select position('x' in host), substring(host from 2 for 3), substring(host, 2), trim(host), trim(both '.' from host), trim(leading from host) from metrics

SELECT normalize(name, NFKD), normalize(name) FROM people

select ts at time zone 'UTC', date_add('day', -7, ts), date_diff('hour', a, b), date_trunc('month', ts), ts + interval '2' hour - interval '30' minute from spans

SELECT date_format(ts, '%Y-%m-%d'), date_parse(s, '%d/%m/%Y'), from_iso8601_timestamp(s), from_unixtime(n / 1000), to_unixtime(ts), parse_datetime(s, 'yyyy') FROM spans

select json_extract_scalar(doc, '$.a[0].b'), json_extract(doc, '$["x y"]'), json_parse('{"a":1}'), json_array_length(doc), json_format(cast(m as json)) from docs

SELECT json_exists(doc, 'lax $.a ? (@.b > 1)') FROM docs

select json_value(doc, 'strict $.price' returning decimal(8, 2) default 0 on empty error on error) from docs

SELECT json_query(doc, 'lax $.tags' WITH CONDITIONAL ARRAY WRAPPER NULL ON EMPTY) FROM docs

select json_query(doc format json, 'lax $.x' passing 3 as "low" returning varchar keep quotes) from docs

SELECT json_object('id' : id, 'name' VALUE name NULL ON NULL), json_array(1, 'a', id ABSENT ON NULL) FROM docs

select json_object(key 'a' value 1, key 'b' value 2 with unique keys returning varchar)

WITH recent AS (SELECT * FROM rides WHERE picked_up_at > now() - INTERVAL '1' DAY) SELECT city, count(*) FROM recent GROUP BY city

with a (x, y) as (select 1, 2), b as (select x from a) select * from a cross join b

WITH RECURSIVE chain (child, parent, depth) AS (SELECT id, boss_id, 0 FROM staff WHERE boss_id IS NULL UNION ALL SELECT s.id, s.boss_id, c.depth + 1 FROM staff s JOIN chain c ON s.boss_id = c.child WHERE c.depth < 9) SELECT * FROM chain

with outer_q as (with inner_q as (select 1 as n) select n from inner_q) select * from outer_q

SELECT city FROM rides UNION SELECT city FROM hubs

select city from rides union all select city from hubs union distinct select 'none'

SELECT city FROM rides INTERSECT SELECT city FROM hubs EXCEPT SELECT city FROM closed_hubs

(select city from rides limit 5) union all (select city from hubs order by 1 limit 5) order by 1

SELECT * FROM (SELECT 1 AS n UNION ALL SELECT 2) AS both_rows WHERE n > 1

select city from rides intersect all select city from hubs

SELECT city FROM rides EXCEPT ALL (SELECT city FROM hubs UNION SELECT city FROM depots)

select * from rides tablesample bernoulli (10)

SELECT r.* FROM rides AS r TABLESAMPLE SYSTEM (2.5) JOIN hubs TABLESAMPLE BERNOULLI (50) h ON h.city = r.city

select * from stock_lots for timestamp as of timestamp '2024-05-01 00:00:00 UTC'

SELECT * FROM stock_lots FOR TIMESTAMP AS OF (current_timestamp - INTERVAL '1' DAY) AS old WHERE old.qty > 0

select * from stock_lots for version as of 949530903748831860

SELECT now_lots.lot, old_lots.qty FROM stock_lots AS now_lots JOIN stock_lots FOR VERSION AS OF 17 AS old_lots ON now_lots.lot = old_lots.lot

select * from "warehouse"."stock_lots$history"

SELECT partition, record_count FROM warehouse."stock_lots$partitions"

select "$path", "$file_size", count(*) from parcel_events group by "$path", "$file_size"

SELECT snapshot_id, committed_at, summary['added-records'] FROM "stock_lots$snapshots" ORDER BY committed_at DESC

select symbol, first_price, last_price from quotes match_recognize (partition by symbol order by ts measures a.price as first_price, last(b.price) as last_price one row per match after match skip past last row pattern (a b+ c*) define b as b.price < prev(b.price), c as c.price > prev(c.price))

SELECT * FROM quotes MATCH_RECOGNIZE (
  PARTITION BY symbol
  ORDER BY ts
  MEASURES match_number() AS n, classifier() AS label, FINAL last(down.price) AS bottom
  ALL ROWS PER MATCH WITH UNMATCHED ROWS
  AFTER MATCH SKIP TO LAST up
  PATTERN (strt (down{2,5} | flat?) up+?)
  SUBSET moves = (down, up)
  DEFINE down AS price < prev(price, 1), up AS up.price > first(down.price)
) AS m WHERE m.n = 1

select * from logs match_recognize (order by ts all rows per match show empty matches after match skip to next row pattern (^ a {- b -} c $ | permute(a, b)) define a as level = 'WARN')

SELECT country, sum(amount) AS total FROM invoices WHERE year = '2024' AND month IN ('01', '02') GROUP BY country

select * from invoices where "year" = '2024' and "month" between '01' and '06'

SELECT invoice_id FROM invoices WHERE issued_on >= DATE '2024-01-01' AND issued_on < DATE '2024-01-01' + INTERVAL '1' MONTH

select regexp_like(path, '^/api/v\d+'), regexp_extract(ua, '(\w+)/(\d+)', 1), regexp_replace(msg, '\s+', ' '), regexp_replace(msg, '(\w)', x -> upper(x[1])), split(path, '/'), split_part(path, '/', 2) from web_logs

SELECT url_extract_host(url), url_extract_parameter(url, 'q'), to_hex(md5(to_utf8(url))), from_base64(blob), xxhash64(to_utf8(url)) FROM web_logs

select st_distance(st_point(lon, lat), st_geometryfromtext('POINT (10 59)')), great_circle_distance(lat, lon, 59.9, 10.7) from stations

SELECT bitwise_and(flags, 4), width_bucket(v, ARRAY[1, 5, 10]), round(v, 2), truncate(v), mod(n, 7), power(v, 2), greatest(a, b, c), rand() FROM metrics

select format('%s has %d', name, n), concat(a, b, c), concat_ws('/', a, b), lpad(cast(n as varchar), 5, '0'), reverse(name), chr(65), length(name) from people

SELECT * FROM TABLE(sequence(start => 1, stop => 100, step => 10))

select * from table(exclude_columns(input => table(meter_readings), columns => descriptor(raw_line, checksum)))

SELECT n FROM TABLE(sequence(1, 5)) AS s (n)

select * from table(system.query(query => 'select * from accounts where id = 3'))

SELECT "a""b", "x y"."z.z" FROM "odd ""names"""

select a as select_list, t.order_total total, b "end" from orders_raw t

SELECT day, type, name, comment, data, key, value, date, row, map, position, year, month FROM words_as_columns

select count(*) as count, sum(x) as sum, min(x) min, rank() over (order by x) as rank from t1

SELECT first, last, next, offset, only, partition, range, rows, show, schema, session, system, tables, text, time, version, view, work, zone FROM soft_words

select * from t1 where filter = 1 and window = 2 and "limit" = 3 and "values" = 'x' and if = 4

SELECT x FROM t1 AS filter WHERE filter.x > 1

-- leading comment
select /* inline */ a -- trailing
from t1 /* multi
line */ where a > 1

SELECT a, -- it's a comment; with a semicolon
       b
FROM t1

select approx_set(user_id), cast(merge(sketch) as hyperloglog), cardinality(hll) from sketches

SELECT count(*) FILTER (WHERE x > 1) * 100.0 / count(*) AS pct FROM t1

select sum(x) / nullif(sum(y), 0) from t1 group by a, b, c + 1, case when d then 1 else 2 end

SELECT a FROM t1 GROUP BY a HAVING count(*) > 1 AND max(b) IS NOT NULL ORDER BY count(*) DESC, a LIMIT 3

select (select max(x) from t1) - (select min(x) from t1) as spread

SELECT EXISTS (SELECT 1 FROM t1), NOT EXISTS (SELECT 1 FROM t2 WHERE false)

select a in (1, 2) as is_small, b is null as is_gone, c like 'x%' as is_x, not d as is_not from t1

SELECT x = 1 AND y <> 2 OR z != 3 AND NOT w <= 4 FROM t1

select array_join(array_agg(cast(x as varchar)), ',') from t1 group by y

SELECT date('2024-01-01'), year(ts), month(ts), day_of_week(ts), week(ts), last_day_of_month(ts), quarter(ts) FROM spans

select at_timezone(ts, 'Asia/Tokyo'), with_timezone(ts, 'UTC'), human_readable_seconds(96), to_iso8601(ts), date_format(current_date - interval '1' day, '%Y/%m/%d') from spans

SELECT typeof(1), version(), uuid(), current_catalog, current_schema

select arr[cardinality(arr)], m[concat('a', 'b')], split(s, ',')[1], json_parse(s) is null, (select array[1, 2])[2] from nested_things

SELECT map_entries(m), map_keys(m), map_values(m), map_concat(m, n), multimap_agg(k, v), map_from_entries(ARRAY[(1, 'x'), (2, 'y')]) FROM nested_things GROUP BY m, n

select count(*) from rides r, hubs h where r.city = h.city and r.zone = h.zone

SELECT r.city, (SELECT count(*) FROM stops s WHERE s.ride_id = r.ride_id) AS stops FROM rides r

select * from rides where picked_up_at >= timestamp '2024-01-01 00:00:00 Europe/Oslo' and picked_up_at < timestamp '2024-01-02'

SELECT * FROM rides WHERE ride_id = ? AND city = ?

USING EXTERNAL FUNCTION mask_phone(number VARCHAR) RETURNS VARCHAR LAMBDA 'udf-mask' SELECT mask_phone(phone) FROM people

using external function score(a double, b array(double)) returns double lambda 'arn:aws:lambda:eu-north-1:111122223333:function:score', external function label(x double) returns varchar lambda 'label' select label(score(v, vs)) as tag from metrics limit 10

SELECT a FROM t1 WHERE cast(b AS date) = current_date - INTERVAL '1' DAY OR date_trunc('week', c) = date '2024-01-01'

select * from t1 left join t2 on t1.a = t2.a and t2.b between t1.c and t1.d where t2.a is null

SELECT min(a) OVER (PARTITION BY b, c ORDER BY d ASC NULLS FIRST, e DESC), count(*) OVER () FROM t1

select sum(sum(fare)) over (order by city), rank() over (order by count(*) desc) from rides group by city

SELECT device_id, bool_and(ok), bool_or(ok), every(ok), arbitrary(fw), any_value(fw), checksum(fw), corr(a, b), regr_slope(a, b), skewness(a), stddev_pop(a), geometric_mean(a) FROM telemetry GROUP BY device_id

select array_intersect(a, b), array_except(a, b), array_union(a, b), array_distinct(a), array_position(a, 1), array_remove(a, 1), array_max(a), repeat('x', 3), shuffle(a), ngrams(a, 2), combinations(a, 2), none_match(a, x -> x < 0) from arrays_of_things

SELECT 1 AS one, 'two' two, 3.0 "three"

select t.* from (values (1, 2)) t (a, b) order by t.a

SELECT * FROM (SELECT * FROM (SELECT * FROM deep_table))

select * from ((select 1 as x) union all (select 2)) u order by x

SELECT a FROM t1 WHERE a <> ALL (VALUES 1, 2, 3)

select interval '1-2' year to month, interval '3 04:05:06' day to second, interval -'5' minute, - interval '2' hour

SELECT sum(CASE WHEN kind = 'in' THEN qty ELSE -qty END) FILTER (WHERE NOT cancelled) AS net FROM stock_moves GROUP BY GROUPING SETS (lot, (lot, site))

select try_cast(json_extract_scalar(j, '$.n') as bigint) as n, cast(json_extract(j, '$.tags') as array(varchar)) as tags from docs where json_extract_scalar(j, '$.kind') = 'x'

SELECT site, sum(CAST(qty AS DECIMAL(38, 4)) * unit_price) AS value_eur FROM stock_lots WHERE received_at >= date_add('month', -3, current_date) GROUP BY site HAVING sum(qty) > 0 ORDER BY value_eur DESC NULLS LAST LIMIT 25

select split_to_map('a=1;b=2', ';', '=')['a'], strpos('high', 'ig'), starts_with('abc', 'a'), translate('abcd', 'a', 'z'), levenshtein_distance('a', 'b'), soundex('x')

SELECT e.name, b.name AS boss FROM staff e LEFT OUTER JOIN staff b ON b.id = e.boss_id WHERE e.left_on IS NULL ORDER BY b.name, e.name

select if(grouping(region) = 1, 'all', region) as region, sum(kwh) from meter_readings where day between date '2024-01-01' and date '2024-01-31' group by rollup (region)

SELECT host FROM metrics GROUP BY host ORDER BY max(v) - min(v) DESC FETCH FIRST 3 ROWS WITH TIES

select date_trunc('hour', ts) as slot, approx_percentile(latency_ms, 0.99) as p99 from web_logs where dt = cast(current_date as varchar) group by 1 order by 1

SELECT a.id, b.id FROM t1 a JOIN t2 b ON a.s LIKE concat(b.prefix, '%') AND (a.x = b.x OR a.y = b.y)

select c.*, o.total from crm.contacts c join (select contact_id, sum(amount) total from invoices group by contact_id) o on o.contact_id = c.contact_id

SELECT numeric_col, "Mixed Case", _underscore, col1, a1b2 FROM _private.tbl_1

select sum(x) over w1, avg(x) over w2 from t1 window w1 as (partition by a), w2 as (w1 order by b rows between current row and 3 following)

EXPLAIN SELECT * FROM rides

explain (type distributed, format json) select city from rides group by city

EXPLAIN (TYPE VALIDATE) SELECT 1

explain analyze select count(*) from rides

EXPLAIN ANALYZE (FORMAT JSON) SELECT count(*) FROM rides

EXPLAIN (FORMAT GRAPHVIZ) SELECT 1

PREPARE by_city FROM SELECT * FROM rides WHERE city = ? AND fare > ?

prepare load_day from insert into daily_totals select city, sum(fare) from rides where day = ? group by city

PREPARE dump FROM UNLOAD (SELECT * FROM rides WHERE city = ?) TO 's3://depot-out/rides/' WITH (format = 'PARQUET')

EXECUTE by_city USING 'Oslo', 12.5

execute load_day using date '2024-01-01'

EXECUTE nightly

DEALLOCATE PREPARE by_city
