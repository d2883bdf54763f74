select country, count(*) as views from web.page_views where dt = '2024-05-01' group by country

select user_id, count(*) from web.page_views group by user_id

select * from web.page_views where dt = '2024-05-01' and country = 'NO' limit 100

select * from web.page_views limit 10

select view_id, url from web.page_views where dt between '2024-05-01' and '2024-05-07' and url like '%/checkout%'

select view_id from web.page_views where substr(dt, 1, 7) = '2024-05'

select view_id from web.page_views where cast(dt as date) >= current_date - interval '7' day

select count(distinct user_id) from web.page_views where dt >= '2024-01-01'

select approx_distinct(user_id) from web.page_views where dt >= '2024-01-01'

select viewed_at, url from web.page_views where viewed_at >= timestamp '2024-05-01 00:00:00'

select p.url, c.element, count(*) as n from web.page_views p join web.clicks c on c.view_id = p.view_id where p.dt = '2024-05-01' and c.dt = date '2024-05-01' group by 1, 2

select p.url, c.element from web.page_views p join web.clicks c on c.view_id = p.view_id where p.dt = '2024-05-01'

select p.url, c.element from web.page_views p left join web.clicks c on c.view_id = p.view_id and c.dt = date '2024-05-01' where p.dt = '2024-05-01'

select c.element from web.clicks c where c.dt = '2024-05-01'

select c.element from web.clicks c where c.dt = cast('2024-05-01' as date) or c.user_id = 5

select element, count(*) from web.clicks where date_trunc('month', dt) = date '2024-05-01' group by element

select session_id from web.sessions where year = '2024' and month = '05' and day = '01'

select session_id from web.sessions where month = '05' and day = '01'

select session_id from web.sessions where year = 2024

select session_id from web.sessions where concat(year, '-', month, '-', day) between '2024-05-01' and '2024-05-07'

select device, avg(date_diff('second', started_at, ended_at)) from web.sessions where year = '2024' and month in ('04', '05') group by device order by 2 desc

select line from web.raw_logs where dt = '2024-05-01' and line like '%ERROR%'

select regexp_extract(line, 'status=(\d+)', 1) as status, count(*) from web.raw_logs where dt > '2024-05-01' group by 1

select line from web.raw_logs where line like '%timeout%' or line like '%refused%' or line like '%reset%' or line like '%5xx%'

select customer_id, email from shop.customers where country = 'NO'

select * from shop.customers

select c.name, c.address.city from shop.customers c where c.address.zip like '01%'

select customer_id, tag from shop.customers cross join unnest(tags) as t (tag)

select customer_id from shop.customers where contains(tags, 'vip')

select category, avg(price) from shop.products group by category having avg(price) > 100

select product_id, attributes['color'] as color from shop.products where element_at(attributes, 'size') = 'XL'

select title from shop.products where title like "%chair%"

select `title` from shop.products

select s.customer_id, sum(s.amount) as spent from shop.sales s where s.sale_date >= date '2024-01-01' and s.status = 'paid' group by s.customer_id order by spent desc limit 20

select * from shop.sales order by sold_at desc

select * from shop.sales where sale_date = date '2024-05-01' order by sold_at desc

select sale_id from shop.sales where sale_date > current_date - interval '30' day and sold_at > now() - interval '1' hour

select sale_id from shop.sales where year(sale_date) = 2024 and month(sale_date) = 5

select sale_id from shop.sales where format_datetime(sale_date, 'yyyy-MM') = '2024-05'

select p.category, sum(s.quantity * p.price) from shop.sales s, shop.products p where s.product_id = p.product_id and s.sale_date = date '2024-05-01' group by p.category

select s.sale_id, f.rate from shop.sales s, shop.fx_rates f where s.sale_date = date '2024-05-01'

select s.sale_id, s.amount * f.rate from shop.sales s join shop.fx_rates f on f.currency = s.currency and f.valid_on = s.sale_date where s.sale_date between date '2024-05-01' and date '2024-05-31'

select s.sale_id, s.amount * f.rate from shop.sales s join shop.fx_rates f on f.currency = s.currency and f.valid_on <= s.sale_date where s.sale_date = date '2024-05-01'

select * from (select s.*, row_number() over (partition by customer_id order by sold_at desc) as rn from shop.sales s where sale_date >= date '2024-05-01') where rn = 1

select customer_id, max_by(sale_id, sold_at) from shop.sales where sale_date >= date '2024-05-01' group by customer_id

select customer_id from shop.customers where customer_id not in (select customer_id from shop.sales where sale_date >= date '2024-01-01')

select c.customer_id from shop.customers c where not exists (select 1 from shop.sales s where s.customer_id = c.customer_id and s.sale_date >= date '2024-01-01')

select customer_id from shop.customers union select customer_id from shop.sales where sale_date = date '2024-05-01'

select customer_id, 'new' as kind from shop.customers where signed_up = current_date union all select customer_id, 'old' from shop.customers where signed_up < current_date

select reason, sum(refunded) from shop.returns where year = 2024 and month = 5 group by reason

select reason, sum(refunded) from shop.returns where year = '2024' group by reason

select reason, sum(refunded) from shop.returns where year * 100 + month >= 202401 group by reason

select r.return_id, s.amount from shop.returns r join shop.sales s on s.sale_id = r.sale_id where r.year = 2024 and r.month = 5

select r.return_id from shop.returns r where r.year >= 2023 and r.month >= 11

select basket_id, l.sku, l.qty from shop.baskets cross join unnest(lines) as l (sku, qty, price) where dt = '2024-05-01'

select basket_id from shop.baskets where dt = '2024/05/01'

select basket_id from shop.baskets where dt = '2021-05-01'

select basket_id, cardinality(lines) from shop.baskets where dt >= date_format(current_date - interval '7' day, '%Y-%m-%d')

select warehouse, sum(on_hand) from shop.inventory where updated_at >= timestamp '2024-05-01 00:00:00' group by warehouse

select warehouse, sum(on_hand) from shop.inventory group by warehouse

select * from shop.inventory for timestamp as of timestamp '2024-05-01 00:00:00 UTC' where warehouse = 'OSL'

select order_id, total from shop.orders_ice where placed_at >= timestamp '2024-05-01' and placed_at < timestamp '2024-06-01'

select order_id, total from shop.orders_ice where date(placed_at) = date '2024-05-01'

select state, count(*) from shop.orders_ice group by state

select d.segment, sum(o.total) from shop.orders_ice o join shop.customer_dim d on d.customer_id = o.customer_id and o.placed_at >= d.valid_from and o.placed_at < d.valid_to where o.placed_at >= timestamp '2024-01-01' group by d.segment

select device_id, avg(value) from iot.readings where site = 'oslo' and day = '2024-05-01' and metric = 'temp' group by device_id

select device_id, avg(value) from iot.readings where day >= '2024-05-01' group by device_id

select r.device_id, d.model, approx_percentile(r.value, 0.95) from iot.readings r join iot.devices d using (device_id) where r.site = 'oslo' and r.day between '2024-05-01' and '2024-05-31' group by 1, 2

select d.device_id from iot.devices d left join (select distinct device_id from iot.readings where site = 'oslo' and day = '2024-05-01') r on r.device_id = d.device_id where r.device_id is null

select json_extract_scalar(doc, '$.code') as code, count(*) from iot.alerts where day >= date '2024-05-01' group by 1

select alert_id from iot.alerts where level = '3' and day = current_date

select account, sum(debit) - sum(credit) as balance from finance.ledger where period = '2024-05' group by account

select l.account, a.title, sum(l.debit) from finance.ledger l join finance.accounts a on a.account = l.account where l.period in ('2024-04', '2024-05') group by l.account, a.title

select * from finance.ledger where booked_on between date '2024-05-01' and date '2024-05-31'

select pipeline, status, count(*) from ops.jobs where started_at > now() - interval '1' day group by pipeline, status

select requester, sum(bytes) from ops.access_log where year = '2024' and month = '05' and operation = 'REST.GET.OBJECT' group by requester order by 2 desc limit 10

with active as (select user_id, count(*) as n from web.page_views where dt >= '2024-05-01' group by user_id) select c.country, sum(a.n) from active a join shop.customers c on c.customer_id = a.user_id group by c.country

with v as (select * from web.page_views) select url from v where dt = '2024-05-01'

with a as (select user_id, dt from web.page_views), b as (select user_id from web.clicks) select a.user_id from a join b on a.user_id = b.user_id where a.dt = '2024-05-01'

insert into shop.returns select return_id, sale_id, reason, refunded, 2024, 5 from staging.returns_csv

insert into shop.sales select * from staging.sales_today

insert into ops.jobs values ('j1', 'daily', 'ok', timestamp '2024-05-01 01:00:00', timestamp '2024-05-01 01:10:00')

update shop.orders_ice set state = 'closed' where placed_at < timestamp '2023-01-01' and state = 'open'

delete from shop.customer_dim where valid_to < timestamp '2020-01-01'

delete from shop.sales where sale_date < date '2020-01-01'

merge into shop.customer_dim t using staging.customers s on t.customer_id = s.customer_id when matched then update set name = s.name when not matched then insert (customer_id, name, segment, valid_from, valid_to) values (s.customer_id, s.name, s.segment, now(), null)

create table tmp.daily_sales with (format = 'PARQUET', external_location = 's3://acme-tmp/daily_sales/', partitioned_by = array['sale_date']) as select customer_id, sum(amount) as amount, sale_date from shop.sales where sale_date >= date '2024-05-01' group by customer_id, sale_date

create table tmp.sales_copy as select * from shop.sales

create table tmp.ordered with (format = 'PARQUET', partitioned_by = array['sale_date']) as select sale_date, amount from shop.sales order by amount

create or replace view shop.v_sales as select sale_id, amount, sale_date from shop.sales

create or replace view web.v_views as select * from web.page_views where dt > '2024-01-01'

unload (select * from web.clicks where dt = date '2024-05-01') to 's3://acme-out/clicks/2024-05-01/' with (format = 'PARQUET')

msck repair table web.page_views

alter table web.page_views add partition (dt = '2024-05-02', country = 'NO') location 's3://acme-lake/web/page_views/dt=2024-05-02/country=NO/'

alter table web.clicks add if not exists partition (dt = '2024-05-02')

create external table shop.reviews (id bigint, body string, stars int) partitioned by (dt string) stored as parquet location 's3://acme-lake/shop/reviews/'

create external table shop.coupons (code string, percent int) row format delimited fields terminated by ',' location 's3://acme-lake/shop/coupons'

create table shop.wishlist (customer_id bigint, sku string) location 's3://acme-lake/shop/wishlist/' tblproperties ('table_type' = 'ICEBERG')

drop table shop.orders_ice

drop table if exists tmp.daily_sales

vacuum shop.orders_ice

optimize shop.orders_ice rewrite data using bin_pack where placed_at > timestamp '2024-05-01'

select 'total' as what, count(*) from shop.customers

select c.customer_id, c.name, coalesce(t.spent, 0) as spent, case when t.spent > 1000 then 'gold' when t.spent > 100 then 'silver' else 'bronze' end as tier from shop.customers c left join (select customer_id, sum(amount) as spent from shop.sales where sale_date >= date_add('year', -1, current_date) group by customer_id) t on t.customer_id = c.customer_id

select a.device_id, b.device_id from iot.devices a cross join iot.devices b where a.site = b.site and a.device_id < b.device_id

select d.day, count(s.sale_id) from unnest(sequence(date '2024-05-01', date '2024-05-31', interval '1' day)) as d (day) left join shop.sales s on s.sale_date = d.day and s.sale_date between date '2024-05-01' and date '2024-05-31' group by d.day

select user_id, lag(viewed_at) over (partition by user_id order by viewed_at) as previous_view from web.page_views where dt = '2024-05-01' and country in ('NO', 'SE')

select nvl(referrer, 'direct') from web.page_views where dt = '2024-05-01'

select getdate(), customer_id from shop.customers

select to_char(sold_at, 'YYYY-MM') from shop.sales where sale_date = date '2024-05-01'

select cast(customer_id as string) from shop.customers

select date from finance.ledger where period = '2024-05'

select sale_id from shop.sales where sale_date in (select max(sale_date) from shop.sales)

select sale_id from shop.sales where sale_date = (select max(valid_on) from shop.fx_rates)

select country, rank() over (order by count(*) desc) from shop.customers group by country

select min(dt), max(dt) from web.page_views

select distinct dt from web.page_views

select dt, count(*) from web.raw_logs group by dt

select referrer, count(*) as n from web.page_views where dt >= '2024-05-01' and dt < '2024-06-01' and country = 'SE' group by referrer having count(*) > 10 order by n desc

select date_trunc('hour', viewed_at) as h, count(*) from web.page_views where dt = '2024-05-01' group by 1

select avg(duration_ms) from web.page_views where dt in ('2024-05-01', '2024-05-02', '2024-05-03')

select url from web.page_views where dt like '2024-05-%'

select url from web.page_views where dt > cast(date_add('day', -3, current_date) as varchar)

select url from web.page_views where date_parse(dt, '%Y-%m-%d') > current_timestamp - interval '3' day

select url from web.page_views where upper(country) = 'NO'

select url from web.page_views where country = 'NO'

select url from web.page_views where dt = '20240501'

select url from web.page_views where dt <> '2024-05-01'

select url from web.page_views where not (dt < '2024-05-01')

select url from web.page_views where coalesce(dt, '') = '2024-05-01'

select url from web.page_views where dt = '2024-05-01' or dt = '2024-05-02'

select url from web.page_views where (dt = '2024-05-01' and country = 'NO') or (dt = '2024-05-02' and country = 'SE')

select url from web.page_views where dt = ?

select url from web.page_views where "$path" like '%dt=2024-05-01%'

select count(*) from web.clicks where dt >= current_date - interval '1' month

select count(*) from web.clicks where cast(dt as varchar) like '2024-05%'

select count(*) from web.clicks where clicked_at between timestamp '2024-05-01' and timestamp '2024-05-02'

select user_id, array_agg(element order by clicked_at) from web.clicks where dt = date '2024-05-01' group by user_id

select c.user_id, s.device from web.clicks c join web.sessions s on s.user_id = c.user_id and c.clicked_at between s.started_at and s.ended_at where c.dt = date '2024-05-01' and s.year = '2024' and s.month = '05' and s.day = '01'

select device, count(*) from web.sessions where year || '-' || month = '2024-05' group by device

select device, count(*) from web.sessions where year in ('2023', '2024') group by device

select device from web.sessions where year = '2024' and month = '5'

select device from web.sessions where year = '2024' and cast(month as integer) = 5

select session_id, date_diff('minute', started_at, ended_at) from web.sessions where year = '2024' and month = '05' order by 2 desc limit 100

select split_part(line, ' ', 1) as ip, count(*) from web.raw_logs where dt between '2024-05-01' and '2024-05-02' group by 1 order by 2 desc limit 20

select count(*) from web.raw_logs

select * from web.raw_logs where dt = '2024-05-01' limit 5

select name from shop.customers where lower(email) like '%@example.org'

select country, count(*) from shop.customers group by country order by 2 desc

select c.name, p.title, s.amount from shop.sales s join shop.customers c using (customer_id) join shop.products p using (product_id) where s.sale_date = current_date

select c.name, s.amount from shop.customers c left join shop.sales s on s.customer_id = c.customer_id where s.sale_date = date '2024-05-01'

select c.name, s.amount from shop.customers c left join shop.sales s on s.customer_id = c.customer_id

select currency, sum(amount) from shop.sales where sale_date between current_date - interval '7' day and current_date group by currency

select sum(amount) from shop.sales where sale_date = '2024-05-01'

select sum(amount) from shop.sales where date_format(sale_date, '%Y-%m') = '2024-05'

select sum(amount) from shop.sales where sold_at >= timestamp '2024-05-01'

select sum(amount) from shop.sales where date(sold_at) = date '2024-05-01' and sale_date = date '2024-05-01'

select product_id, rank() over (order by sum(amount) desc) as r from shop.sales where sale_date >= date '2024-01-01' group by product_id

select distinct status from shop.sales where sale_date >= date '2024-05-01'

select status, approx_percentile(amount, 0.5) as median from shop.sales where sale_date >= date '2024-05-01' group by status

select sale_id from shop.sales where status in ('paid', 'shipped') and sale_date = date '2024-05-01' and currency <> 'EUR'

select s.sale_id from shop.sales s where s.sale_date >= date '2024-05-01' and s.customer_id in (select customer_id from shop.customers where country = 'NO')

select s.sale_date, count(*) from shop.sales s join (values date '2024-05-01', date '2024-05-02') as d (day) on d.day = s.sale_date group by s.sale_date

select coalesce(cast(sum(amount) as varchar), 'n/a') from shop.sales where sale_date = date '2024-05-01'

select customer_id, sum(amount) filter (where status = 'paid') as paid, sum(amount) filter (where status = 'open') as open from shop.sales where sale_date >= date '2024-05-01' group by customer_id

select p.sku, coalesce(sum(s.quantity), 0) from shop.products p left join shop.sales s on s.product_id = p.product_id and s.sale_date = date '2024-05-01' group by p.sku

select category, count(*) from shop.products where price between 10 and 20 group by category

select sku from shop.products where regexp_like(title, '(?i)sofa|couch')

select k, count(*) from shop.products cross join unnest(map_keys(attributes)) as t (k) group by k

select sum(refunded) from shop.returns where year = 2024 and month in (1, 2, 3)

select sum(refunded) from shop.returns where month = 5

select sum(refunded) from shop.returns where year = 2024 or reason = 'damaged'

select sum(refunded) from shop.returns where cast(year as varchar) = '2024'

select dt, count(*) from shop.baskets where dt between '2024-05-01' and '2024-05-31' group by dt

select dt, count(*) from shop.baskets group by dt

select basket_id from shop.baskets where dt = current_date

select product_id, on_hand from shop.inventory where warehouse = 'OSL' and on_hand < 5

select product_id from shop.inventory where updated_at > current_timestamp - interval '1' day

select * from shop."inventory$snapshots"

select * from shop."orders_ice$partitions"

select order_id from shop.orders_ice for version as of 123456789 where placed_at >= timestamp '2024-05-01'

select order_id from shop.orders_ice where order_id = 42

select order_id, total from shop.orders_ice where placed_at between timestamp '2024-05-01' and timestamp '2024-05-31 23:59:59' and state in ('open', 'paid')

select customer_id, segment from shop.customer_dim where valid_to is null

select segment, count(*) from shop.customer_dim where valid_from <= timestamp '2024-05-01' and (valid_to is null or valid_to > timestamp '2024-05-01') group by segment

select metric, min(value), max(value) from iot.readings where site = 'bergen' and day between '2024-05-01' and '2024-05-07' group by metric

select metric, max(value) from iot.readings where site = 'bergen' group by metric

select * from iot.readings where device_id = 'd-17'

select device_id, ts, value, avg(value) over (partition by device_id order by ts rows between 5 preceding and current row) as smooth from iot.readings where site = 'oslo' and day = '2024-05-01'

select firmware, count(*) from iot.devices group by firmware

select d.model, count(a.alert_id) from iot.devices d left join iot.alerts a on a.device_id = d.device_id and a.day >= date '2024-05-01' group by d.model

select json_extract_scalar(doc, '$.message') from iot.alerts where level >= 3 and day between date '2024-05-01' and date '2024-05-02'

select alert_id from iot.alerts where raised_at > now() - interval '2' hour

select period, sum(debit), sum(credit) from finance.ledger where period >= '2024-01' group by period order by period

select period, sum(debit) from finance.ledger group by period

select a.kind, sum(l.credit) from finance.ledger l join finance.accounts a using (account) where l.period like '2024-%' group by a.kind

select title from finance.accounts where kind = 'asset'

select status, count(*), avg(date_diff('second', started_at, finished_at)) from ops.jobs group by status

select pipeline from ops.jobs group by pipeline having count_if(status = 'failed') > 3

select key, sum(bytes) from ops.access_log where year = '2024' and month = '05' and day between '01' and '07' group by key

select count(*) from ops.access_log where status >= 500

select operation, count(*) from ops.access_log where year >= '2023' group by operation

with d as (select user_id, min(dt) as first_seen from web.page_views where dt >= '2024-01-01' group by user_id) select first_seen, count(*) from d group by first_seen

with s as (select * from shop.sales where sale_date = date '2024-05-01'), t as (select customer_id, sum(amount) as a from s group by customer_id) select c.name, t.a from t join shop.customers c on c.customer_id = t.customer_id order by t.a desc limit 10

with recursive days (d) as (select date '2024-05-01' union all select d + interval '1' day from days where d < date '2024-05-10') select d from days

insert into web.clicks select click_id, view_id, user_id, element, clicked_at, cast(clicked_at as date) from staging.clicks_json

insert into web.clicks (click_id, view_id, user_id, element, clicked_at, dt) select click_id, view_id, user_id, element, clicked_at, date '2024-05-01' from staging.clicks_json

insert into shop.orders_ice select order_id, customer_id, state, total, placed_at from staging.orders

insert into shop.customer_dim values (1, 'Ada', 'gold', timestamp '2024-05-01', null)

update shop.customer_dim set valid_to = current_timestamp where customer_id = 17 and valid_to is null

update shop.customers set country = 'NO' where country = 'no'

delete from shop.orders_ice where state = 'void' and placed_at < current_timestamp - interval '400' day

merge into shop.orders_ice t using staging.orders s on t.order_id = s.order_id and t.placed_at >= timestamp '2024-05-01' when matched and s.state = 'void' then delete when matched then update set state = s.state, total = s.total when not matched then insert (order_id, customer_id, state, total, placed_at) values (s.order_id, s.customer_id, s.state, s.total, s.placed_at)

create table tmp.top_customers with (format = 'PARQUET', write_compression = 'ZSTD', external_location = 's3://acme-tmp/top_customers/') as select customer_id, sum(amount) as total from shop.sales where sale_date >= date '2024-01-01' group by customer_id

create table tmp.ice_sales with (table_type = 'ICEBERG', is_external = false, location = 's3://acme-tmp/ice_sales/', partitioning = array['month(sold_at)']) as select sale_id, amount, sold_at from shop.sales where sale_date >= date '2024-01-01'

create table tmp.bad_ice with (table_type = 'ICEBERG', location = 's3://acme-tmp/bad_ice/') as select sale_id from shop.sales where sale_date = date '2024-05-01'

create table tmp.csv_out with (format = 'TEXTFILE', field_delimiter = ',', external_location = 's3://acme-tmp/csv_out/') as select customer_id, name from shop.customers

create external table ops.events_new (id string, body string, at timestamp) partitioned by (year int, month int, day int) stored as parquet location 's3://acme-lake/ops/events_new/' tblproperties ('parquet.compression' = 'SNAPPY')

create external table ops.day_parts (id string) partitioned by (dt string) stored as parquet location 's3://acme-lake/ops/day_parts/' tblproperties ('projection.enabled' = 'true', 'projection.dt.type' = 'date', 'projection.dt.range' = '2020-01-01,NOW', 'projection.dt.format' = 'yyyy-MM-dd')

create external table ops.bad_proj (id string) partitioned by (dt string, hour int) stored as parquet location 's3://acme-lake/ops/bad_proj/' tblproperties ('projection.enabled' = 'true', 'projection.dt.type' = 'date', 'projection.dt.range' = '2020-01-01,NOW', 'projection.dt.format' = 'yyyy-MM-dd')

create table ops.plain (id string) location 's3://acme-lake/ops/plain/'

create external table ops.ice_ext (id string) location 's3://acme-lake/ops/ice_ext/' tblproperties ('table_type' = 'ICEBERG')

create external table ops.one_file (id string) stored as parquet location 's3://acme-lake/ops/one_file/data.parquet'

create or replace view shop.v_paid as select customer_id, amount from shop.sales where status = 'paid' and sale_date >= date '2024-01-01'

alter table shop.reviews add partition (dt = '2024-05-01')

alter table web.clicks drop if exists partition (dt = '2020-01-01')

alter table shop.customers add columns (phone string)

alter table shop.orders_ice add columns (note string)

unload (select customer_id, name from shop.customers) to 's3://acme-out/customers/' with (format = 'JSON', compression = 'gzip')

show partitions web.page_views

describe shop.sales

explain select count(*) from web.page_views where dt = '2024-05-01'

explain select * from web.page_views

prepare views_of from select url from web.page_views where dt = ? and country = ?

execute views_of using '2024-05-01', 'NO'

select sale_id, amount from shop.sales where sale_date = date '2024-05-01' and amount > '100'

select len(name) from shop.customers

select ifnull(name, '-') from shop.customers

select datediff('day', signed_up, current_date) from shop.customers

select customer_id::varchar from staging.unknown_table

select top_category.category from (select category, count(*) as n from shop.products group by category order by n desc limit 1) top_category

select c.country, approx_distinct(v.user_id) from web.page_views v join shop.customers c on c.customer_id = v.user_id where v.dt between '2024-05-01' and '2024-05-07' group by c.country

select user_id, min_by(url, viewed_at) as landing from web.page_views where dt = '2024-05-01' group by user_id

select date_diff('day', signed_up, current_date) as age_days, count(*) from shop.customers group by 1 order by 1

select sale_id, row_number() over (partition by customer_id order by sold_at) as nth from shop.sales where sale_date >= date '2024-01-01' and status = 'paid'

select warehouse, count(*) from shop.inventory where warehouse in ('OSL', 'BGO') group by warehouse

select site, count(distinct device_id) from iot.readings where site in ('oslo', 'bergen') and day = '2024-05-01' group by site

select url_extract_host(referrer) as host, count(*) from web.page_views where dt >= '2024-05-01' and referrer is not null group by 1 order by 2 desc limit 50

insert into iot.alerts select alert_id, device_id, level, raised_at, doc, cast(raised_at as date) from staging.alerts where level >= 2

select account, running from (select account, booked_on, sum(debit - credit) over (partition by account order by booked_on) as running from finance.ledger where period between '2024-01' and '2024-06') where booked_on = date '2024-05-31'
