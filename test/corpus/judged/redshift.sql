select c.segment, sum(f.amount) as revenue from dw.fact_sales f join dw.dim_customer c on c.customer_key = f.customer_key where f.sold_at >= '2024-05-01' and f.sold_at < '2024-06-01' group by c.segment

select * from dw.fact_sales

select * from dw.fact_sales limit 50

select * from dw.dim_date where year = 2024

select count(*) from dw.fact_sales where date_trunc('day', sold_at) = '2024-05-01'

select count(*) from dw.fact_sales where sold_at::date = '2024-05-01'

select count(*) from dw.fact_sales where extract(year from sold_at) = 2024

select count(*) from dw.fact_sales where trunc(sold_at) between '2024-05-01' and '2024-05-31'

select count(*) from dw.fact_sales where to_char(sold_at, 'YYYYMM') = '202405'

select count(*) from dw.fact_sales where sold_at > dateadd(day, -7, getdate())

select count(distinct customer_key) from dw.fact_sales where sold_at >= '2024-01-01'

select approximate count(distinct user_id) from dw.fact_events where event_time >= '2024-01-01'

select f.sale_id, r.refunded from dw.fact_sales f join dw.fact_returns r on r.sale_id = f.sale_id where f.sold_at >= '2024-05-01'

select f.sale_id, r.refunded from dw.fact_sales f join dw.fact_returns r on r.customer_key = f.customer_key and r.sale_id = f.sale_id and r.returned_at >= '2024-05-01' where f.sold_at >= '2024-05-01'

select p.category, sum(i.on_hand) from dw.fact_inventory i join dw.dim_product p on p.product_key = i.product_key where i.counted_on = current_date - 1 group by p.category

select a.sale_id, b.sale_id from dw.fact_sales a, dw.fact_sales b where a.amount = b.amount and a.sale_id < b.sale_id

select c.name, d.day from dw.dim_customer c, dw.dim_date d

select c.name, d.day from dw.dim_customer c cross join dw.dim_date d where d.year = 2024 and d.month = 5

select customer_key from dw.dim_customer where customer_key not in (select customer_key from dw.fact_sales)

select c.customer_key from dw.dim_customer c left join dw.fact_sales f on f.customer_key = c.customer_key and f.sold_at >= '2024-01-01' where f.sale_id is null

select event_type, count(*) from dw.fact_events where event_time >= '2024-05-01' and payload.country = 'NO' group by event_type

select e.payload.items[0].sku::varchar as sku from dw.fact_events e where e.event_time >= '2024-05-01' and e.event_type = 'purchase'

select e.event_id, i.sku from dw.fact_events e, e.payload.items i where e.event_time >= '2024-05-01'

select * from (select user_id, event_type from dw.fact_events where event_time >= '2024-05-01') pivot (count(*) for event_type in ('view', 'click', 'buy'))

select user_id, event_time from dw.fact_events where event_time >= '2024-05-01' qualify row_number() over (partition by user_id order by event_time desc) = 1

select top 10 customer_key, sum(amount) as spent from dw.fact_sales where sold_at >= '2024-01-01' group by customer_key order by spent desc

select category, amount from dw.agg_daily order by day

select day, sum(amount) from dw.agg_daily group by day order by day

select email from crm.contacts where lower(email) = 'a@example.com'

select email from crm.contacts where email like '%@example.com'

select contact_id from crm.contacts where created_at between '2024-01-01' and '2024-01-31'

select s.campaign_id, avg(case when opened then 1.0 else 0 end) as open_rate from crm.sends s where sent_at >= '2024-01-01' group by 1

select c.email from crm.contacts c join crm.sends s on s.contact_id = c.contact_id where s.sent_at >= '2024-05-01' and not c.opted_in

select account, sum(debit - credit) from fin.journal where booked_on between '2024-01-01' and '2024-03-31' group by account

select account, booked_on, sum(debit) over (partition by account order by booked_on rows unbounded preceding) from fin.journal where booked_on >= '2024-01-01'

select dt, count(*) from lake.page_views where dt >= '2024-05-01' group by dt

select count(*) from lake.page_views

select count(*) from lake.page_views where viewed_at >= '2024-05-01'

select v.url, c.email from lake.page_views v join crm.contacts c on c.contact_id = v.user_id where v.dt = current_date - 1

select order_id from lake.orders_raw where year = 2024 and month = 5

select json_extract_path_text(body, 'status') as status, count(*) from lake.orders_raw where year = 2024 group by 1

select f.amount * x.rate from dw.fact_sales f join lake.fx x on x.valid_on = f.sold_at::date and x.currency = 'EUR' where f.sold_at >= '2024-05-01'

insert into dw.agg_daily select f.sold_at::date, p.category, sum(f.amount) from dw.fact_sales f join dw.dim_product p using (product_key) where f.sold_at >= current_date - 1 and f.sold_at < current_date group by 1, 2

insert into ops.load_log (table_name, row_count) values ('fact_sales', 100)

insert into ops.load_log (table_name, row_count) select 'fact_sales', count(*) from staging.sales

insert into ops.settings values ('mode', 'full')

insert into dw.fact_events select * from staging.events

update dw.dim_customer set valid_to = getdate() from staging.customers s where s.customer_id = dw.dim_customer.customer_id and dw.dim_customer.valid_to is null and s.segment <> dw.dim_customer.segment

update dw.dim_product set price = price * 1.02

delete from staging.sales

delete from staging.sales where sold_at < dateadd(day, -30, current_date)

truncate staging.events

delete from dw.fact_sales using staging.sales s where dw.fact_sales.sale_id = s.sale_id

merge into dw.dim_product using staging_products s on dw.dim_product.sku = s.sku when matched then update set title = s.title, price = s.price when not matched then insert (product_key, sku, title, price) values (s.product_key, s.sku, s.title, s.price)

begin

delete from dw.agg_daily where day = current_date - 1

commit

copy staging.sales from 's3://acme-in/sales/2024/05/01/' iam_role 'arn:aws:iam::123456789012:role/redshift-load' format as parquet

copy staging.customers from 's3://acme-in/customers/' iam_role default csv ignoreheader 1 gzip

copy staging.customers from 's3://acme-in/customers.csv' iam_role default csv ignoreheader 1 maxerror 1000

copy staging.events from 's3://acme-in/events' iam_role default json 'auto' timeformat 'auto' truncatecolumns

copy staging.sales from 's3://acme-in/sales/' credentials 'aws_access_key_id=AKIAIOSFODNN7EXAMPLE;aws_secret_access_key=wJalrXUtnFEMI' csv

copy staging.sales from 's3://acme-in/sales/' iam_role default delimiter '|' gzip compupdate off statupdate off

copy dw.dim_product from 's3://acme-in/products/part-' iam_role default csv region 'eu-west-1'

unload ('select * from dw.fact_sales where sold_at >= ''2024-05-01''') to 's3://acme-out/sales/2024-05/' iam_role default format as parquet

unload ('select sale_id, amount, sold_at::date as d from dw.fact_sales') to 's3://acme-out/sales/' iam_role default format parquet partition by (d)

unload ('select * from dw.dim_customer') to 's3://acme-out/customers_' iam_role default delimiter ',' allowoverwrite

unload ('select customer_id, name from dw.dim_customer order by customer_id') to 's3://acme-out/customers.csv' iam_role default csv header parallel off

unload ('select customer_id from dw.dim_customer limit 10') to 's3://acme-out/sample_' iam_role default csv

create table dw.fact_clicks (click_id varchar(36) encode zstd, user_id bigint encode az64, clicked_at timestamp encode raw) distkey (user_id) sortkey (clicked_at)

create table dw.fact_visits (visit_id varchar(36), user_id bigint, started_at timestamp)

create table dw.dim_store (store_id int primary key, name varchar(100), opened date) diststyle all

create table dw.notes (id bigint, body varchar(65535), created_at varchar(20))

create table dw.fact_clicks_new (like dw.fact_events)

create temp table recent_sales as select * from dw.fact_sales where sold_at >= current_date - 7

create table dw.sales_2024 distkey (customer_key) sortkey (sold_at) as select sale_id, customer_key, sold_at, amount from dw.fact_sales where sold_at >= '2024-01-01' and sold_at < '2025-01-01'

create table dw.sales_backup as select * from dw.fact_sales

create table dw.seq_demo (id int identity(1,1), name varchar(50), primary key (id)) diststyle even

create table dw.hits (ts timestamp, url varchar(max), status smallint) diststyle even interleaved sortkey (ts, status)

create view dw.v_revenue as select d.day, sum(f.amount) as amount from dw.fact_sales f join dw.dim_date d on d.date_key = f.date_key group by d.day

create or replace view dw.v_lake as select * from lake.page_views with no schema binding

create or replace view dw.v_lake2 as select view_id, dt from lake.page_views where dt >= '2024-01-01' with no schema binding

create materialized view dw.mv_daily auto refresh yes as select sold_at::date as day, sum(amount) as amount from dw.fact_sales group by 1

refresh materialized view dw.mv_daily

alter table dw.fact_sales alter distkey customer_key

alter table dw.fact_sales add column channel varchar(20) default 'web'

alter table dw.fact_sales append from staging.sales_prepared

vacuum dw.fact_sales

vacuum full dw.fact_events to 95 percent

vacuum delete only dw.fact_sales

vacuum

analyze dw.fact_sales

analyze dw.fact_sales predicate columns

grant select on all tables in schema dw to group analysts

grant usage on schema dw to group analysts

grant all on dw.fact_sales to public

drop table if exists dw.sales_backup

drop table dw.fact_visits cascade

create or replace procedure ops.load_sales() as $$
begin
  delete from dw.fact_sales using staging.sales s where dw.fact_sales.sale_id = s.sale_id;
  insert into dw.fact_sales select s.sale_id, c.customer_key, p.product_key, to_char(s.sold_at, 'YYYYMMDD')::int, s.sold_at, s.amount, s.quantity
  from staging.sales s join dw.dim_customer c on c.customer_id = s.customer_id and c.valid_to is null join dw.dim_product p on p.sku = s.sku;
  truncate staging.sales;
end;
$$ language plpgsql

create or replace procedure ops.purge(days int) as $$
declare n bigint;
begin
  delete from dw.fact_events where event_time < dateadd(day, -days, current_date);
  get diagnostics n = row_count;
  raise info 'deleted %', n;
end;
$$ language plpgsql

create function f_vat(decimal(12,2)) returns decimal(12,2) immutable as $$ select $1 * 1.25 $$ language sql

create function f_domain(url varchar) returns varchar immutable as $$
  return url.split('/')[2]
$$ language plpythonu

call ops.load_sales()

set query_group to 'etl'

select date_part(dow, sold_at) as weekday, avg(amount) from dw.fact_sales where sold_at >= '2024-01-01' group by 1 order by 1

select listagg(sku, ', ') within group (order by sku) from dw.dim_product where category = 'chairs'

with monthly as (select date_trunc('month', sold_at) as m, sum(amount) as amount from dw.fact_sales where sold_at >= '2023-01-01' group by 1) select m, amount, lag(amount) over (order by m) as previous, amount / nullif(lag(amount) over (order by m), 0) - 1 as growth from monthly

select current_database(), count(*) from dw.dim_customer

select if(amount > 10, 1, 0) from dw.fact_sales where sold_at >= '2024-05-01'

select date_format(sold_at, '%Y') from dw.fact_sales where sold_at >= '2024-05-01'

select customer_key, amount from dw.fact_sales where sold_at >= '2024-05-01' order by amount desc

select distinct category from dw.dim_product

select count(*) from stl_query where starttime >= dateadd(hour, -1, getdate())

select generate_series(1, 10)

select f.* from dw.fact_sales f where f.sold_at >= '2024-05-01' and f.customer_key = 42

select name from dw.dim_customer union select title from dw.dim_product

select segment, country, count(*) from dw.dim_customer group by country, segment order by segment, country

select coalesce(value, 'off') from ops.settings where name = 'mode'

select customer_id from dw.dim_customer where name ilike 'ole%'

select customer_id from dw.dim_customer where name similar to '%(as|sen)'

select c.title, count(s.contact_id) as sends, sum(case when s.opened then 1 else 0 end) as opens from crm.campaigns c left join crm.sends s on s.campaign_id = c.campaign_id and s.sent_at between c.starts_on and c.ends_on where c.starts_on >= '2024-01-01' group by c.title

select a.account, b.account from fin.journal a join fin.journal b on a.debit = b.credit and a.booked_on = b.booked_on and a.entry_id <> b.entry_id where a.booked_on >= '2024-05-01'

select min(event_time), max(event_time) from dw.fact_events

lock table dw.agg_daily

show table dw.fact_sales

select sum(amount) from dw.fact_sales where sold_at between '2024-05-01' and '2024-05-31 23:59:59'

select sum(amount) from dw.fact_sales where date_part(year, sold_at) = 2024

select sum(amount) from dw.fact_sales where dateadd(day, 1, sold_at) > getdate()

select sum(amount) from dw.fact_sales where sold_at >= dateadd(month, -1, date_trunc('month', current_date))

select sum(f.amount) from dw.fact_sales f join dw.dim_date d on d.date_key = f.date_key where d.year = 2024

select sum(f.amount) from dw.fact_sales f join dw.dim_date d using (date_key) where d.day >= '2024-05-01' and f.sold_at >= '2024-05-01'

select f.customer_key, max(f.sold_at) from dw.fact_sales f group by f.customer_key

select customer_key, count(distinct product_key), count(distinct date_key) from dw.fact_sales where sold_at >= '2024-05-01' group by customer_key

select * from dw.dim_customer where customer_id = 42

select name from dw.dim_customer where upper(country) = 'NO'

select c.name, sum(f.amount) from dw.dim_customer c left join dw.fact_sales f on f.customer_key = c.customer_key where f.sold_at >= '2024-05-01' group by c.name

select c.country, count(*) from dw.dim_customer c where c.valid_to is null group by c.country order by 2 desc

select p.category, d.month, sum(f.amount) from dw.fact_sales f join dw.dim_product p using (product_key) join dw.dim_date d using (date_key) where f.sold_at >= '2024-01-01' group by 1, 2 order by 1, 2

select r.return_id from dw.fact_returns r left join dw.fact_sales f on f.sale_id = r.sale_id and f.customer_key = r.customer_key where f.sale_id is null and r.returned_at >= '2024-05-01'

select r.customer_key, sum(r.refunded) / nullif(sum(f.amount), 0) from dw.fact_returns r join dw.fact_sales f on f.customer_key = r.customer_key where r.returned_at >= '2024-05-01' and f.sold_at >= '2024-05-01' group by r.customer_key

select user_id, count(*) from dw.fact_events where event_time >= dateadd(hour, -24, sysdate) group by user_id

select payload.page.path::varchar, count(*) from dw.fact_events where event_type = 'view' group by 1

select distinct user_id from dw.fact_events where event_time >= '2024-05-01' and event_type in ('buy', 'return')

select a.user_id from dw.fact_events a join dw.fact_events b on b.user_id = a.user_id and b.event_time > a.event_time where a.event_type = 'view' and b.event_type = 'buy' and a.event_time >= '2024-05-01' and b.event_time >= '2024-05-01'

select e.event_id from dw.fact_events e, crm.contacts c where e.event_time >= '2024-05-01'

select warehouse, max(counted_on) from dw.fact_inventory group by warehouse

select product_key, on_hand from dw.fact_inventory where counted_on = (select max(counted_on) from dw.fact_inventory)

select day, amount, sum(amount) over (order by day rows between 6 preceding and current row) from dw.agg_daily where category = 'chairs'

select * from dw.agg_daily where day = current_date - 1

select * from staging.sales limit 10

select count(*), count(distinct sale_id) from staging.sales

select sale_id from staging.sales group by sale_id having count(*) > 1

select s.* from staging.sales s left join dw.dim_customer c on c.customer_id = s.customer_id where c.customer_id is null

select table_name, max(loaded_at) from ops.load_log group by table_name

select name, value from ops.settings

select contact_id from crm.contacts where opted_in and created_at >= '2024-01-01'

select contact_id from crm.contacts where created_at::date = current_date

select date(created_at), count(*) from crm.contacts where date(created_at) >= '2024-05-01' group by 1

select split_part(email, '@', 2) as domain, count(*) from crm.contacts group by 1 order by 2 desc limit 20

select c.campaign_id from crm.campaigns c where c.campaign_id not in (select campaign_id from crm.sends where campaign_id is not null)

select c.campaign_id from crm.campaigns c where not exists (select 1 from crm.sends s where s.campaign_id = c.campaign_id)

select account, sum(debit) from fin.journal where extract(month from booked_on) = 5 group by account

select account, sum(debit) from fin.journal where booked_on >= '2024-05-01' and account like '4%' group by account

select account, sum(credit) from fin.journal group by account having sum(credit) > 1000 order by account

select booked_on, account, debit from fin.journal where booked_on = '2024-05-01' union all select booked_on, account, -credit from fin.journal where booked_on = '2024-05-01'

select url from lake.page_views where dt = '2024-05-01' and url like '%/cart%'

select url from lake.page_views where dt between dateadd(day, -7, current_date) and current_date

select url from lake.page_views where to_char(dt, 'YYYY-MM') = '2024-05'

select url from lake.page_views where date_trunc('month', dt) = '2024-05-01'

select order_id from lake.orders_raw where month = 5

select order_id from lake.orders_raw where year * 100 + month = 202405

select order_id from lake.orders_raw where order_id = 17

select currency, rate from lake.fx where valid_on = current_date

select v.user_id, count(*) from lake.page_views v where v.dt in ('2024-05-01', '2024-05-02') group by v.user_id

insert into dw.fact_sales select s.sale_id, c.customer_key, p.product_key, 20240501, s.sold_at, s.amount, s.quantity from staging.sales s join dw.dim_customer c on c.customer_id = s.customer_id join dw.dim_product p on p.sku = s.sku

insert into dw.dim_customer (customer_id, name, country, segment, valid_from) select customer_id, name, country, segment, getdate() from staging.customers

insert into dw.dim_date values (20240501, '2024-05-01', 5, 2024), (20240502, '2024-05-02', 5, 2024), (20240503, '2024-05-03', 5, 2024)

insert into crm.campaigns (campaign_id, title, starts_on, ends_on) values (1, 'Spring', '2024-05-01', '2024-05-31')

update dw.fact_sales set amount = amount / 100 where sold_at >= '2024-05-01' and sold_at < '2024-05-02'

update crm.contacts set opted_in = false where contact_id in (select contact_id from staging.unsubscribes)

update ops.settings set value = 'off' where name = 'mode'

delete from dw.fact_events where event_time < dateadd(year, -2, current_date)

delete from dw.agg_daily

delete from crm.sends using crm.campaigns c where c.campaign_id = crm.sends.campaign_id and c.ends_on < '2020-01-01'

truncate table staging.customers

merge into dw.agg_daily using staging_daily s on dw.agg_daily.day = s.day and dw.agg_daily.category = s.category when matched then update set amount = s.amount when not matched then insert values (s.day, s.category, s.amount)

copy dw.fact_inventory from 's3://acme-in/inventory/2024-05-01.csv.gz' iam_role default csv gzip ignoreheader 1 dateformat 'auto'

copy staging.events from 's3://acme-in/events/2024/05/01/' iam_role default format as json 's3://acme-conf/paths.json' gzip

copy staging.events from 's3://acme-in/events/manifest.json' iam_role default manifest json 'auto' compupdate on

copy staging.sales from 's3://acme-in/sales/dt=2024-05-01/' iam_role default format as orc

copy staging.sales from 's3://acme-in/sales/dt=2024-05-01/' iam_role default format as parquet delimiter ','

copy fin.journal from 's3://acme-in/journal/' iam_role default delimiter ';' maxerror 10 null as 'NULL' acceptinvchars

unload ('select account, sum(debit) from fin.journal group by account') to 's3://acme-out/journal/sums_' iam_role default format csv header

unload ('select event_id, user_id, event_time from dw.fact_events where event_time >= ''2024-05-01''') to 's3://acme-out/events/2024-05/' iam_role default format as parquet maxfilesize 128 mb cleanpath

unload ('select title from dw.dim_product') to 's3://acme-out/titles_' iam_role default delimiter '|' escape gzip

unload ('select sku, price from dw.dim_product') to 's3://acme-out/prices_' iam_role default format parquet gzip

unload ('select name from dw.dim_customer') to 's3://acme-out/names_' iam_role default

create table dw.fact_payments (payment_id bigint not null, customer_key bigint not null, paid_at timestamp not null, amount decimal(12,2)) distkey (customer_key) sortkey (paid_at)

create table dw.fact_web (session_id varchar(64), user_id bigint, started_at timestamp, country char(2)) distkey (user_id) compound sortkey (started_at, country)

create table dw.dim_region (region_id int, name varchar(50)) diststyle all sortkey (region_id)

create table dw.bridge (customer_key bigint, segment_id int) distkey (customer_key) sortkey (customer_key)

create table dw.audit (id bigint identity(0,1), who varchar(100), what varchar(1000), at timestamp default getdate()) diststyle auto sortkey auto

create table dw.codes (code varchar(10) primary key, label varchar(100) not null) diststyle all sortkey auto

create table dw.enc (a int encode raw, b varchar(2000) encode raw, c timestamp encode az64) diststyle even sortkey (c)

create table dw.mixed_enc (a int encode az64, b varchar(20), c timestamp) diststyle even sortkey (c)

create table dw.arr (id int, tags text[]) diststyle even sortkey (id)

create table dw.js (id int, doc jsonb) diststyle even sortkey (id)

create table dw.uu (id uuid, at timestamptz) diststyle even sortkey (at)

create table dw.ser (id serial, at timestamptz) diststyle even sortkey (at)

create index ix_sales on dw.fact_sales (customer_key)

create table dw.part (id int, at date) diststyle all distkey (id)

create table dw.wide_text (id bigint, a varchar(65535), b varchar(max), c text) diststyle auto sortkey auto

create temp table t_ids (id bigint) diststyle all

create table dw.ctas_auto diststyle auto sortkey auto as select customer_key, sum(amount) as total from dw.fact_sales where sold_at >= '2024-01-01' group by customer_key

create temp table t_sum distkey (customer_key) as select customer_key, sum(amount) as total from dw.fact_sales where sold_at >= '2024-01-01' group by 1

create view dw.v_active as select customer_id, name from dw.dim_customer where valid_to is null

create view dw.v_late as select customer_id from dim_customer with no schema binding

create materialized view dw.mv_cat sortkey (category) as select p.category, sum(f.amount) as amount from dw.fact_sales f join dw.dim_product p on p.product_key = f.product_key group by p.category

create materialized view dw.mv_top as select customer_key, sum(amount) from dw.fact_sales group by 1 limit 10

alter table dw.dim_product alter column title type varchar(500)

alter table dw.dim_customer drop column segment

alter table dw.fact_events alter sortkey (event_time, user_id)

vacuum sort only dw.fact_returns to 100 percent

vacuum full dw.fact_sales

vacuum reindex dw.hits

analyze

analyze crm.sends (sent_at)

grant select on dw.fact_sales to reporting_user

grant usage on schema lake to role analyst

revoke all on schema staging from public

create user report_user password 'Pa55word123'

create external schema lake from data catalog database 'acme' iam_role 'arn:aws:iam::123456789012:role/spectrum'

create external table lake.exports (id bigint, at timestamp) partitioned by (dt date) stored as parquet location 's3://acme-lake/exports/'

create or replace procedure ops.rebuild_daily(d date) as $$
begin
  delete from dw.agg_daily where day = d;
  insert into dw.agg_daily select f.sold_at::date, p.category, sum(f.amount) from dw.fact_sales f join dw.dim_product p using (product_key) where f.sold_at >= d and f.sold_at < d + 1 group by 1, 2;
  commit;
  analyze dw.agg_daily;
end;
$$ language plpgsql

create function f_quarter(timestamp) returns int stable as $$ select extract(quarter from $1)::int $$ language sql

call ops.rebuild_daily(current_date - 1)

set statement_timeout to 600000

reset query_group

select ifnull(name, '-') from dw.dim_customer where valid_to is null

select group_concat(name) from dw.dim_region

select string_agg(name, ',') from dw.dim_region

select array_agg(name) from dw.dim_region

select now(), count(*) from dw.fact_sales where sold_at >= '2024-05-01'

select to_timestamp('2024-05-01', 'YYYY-MM-DD') as t, count(*) from dw.dim_region

select age(created_at) from crm.contacts where created_at >= '2024-01-01'

select unnest(array['a', 'b'])

select date_add('day', 1, sold_at) from dw.fact_sales where sold_at >= '2024-05-01'

select regexp_like(name, 'x') from dw.dim_region

select nvl(max(load_id), 0) + 1 from ops.load_log

select trim(both from name), len(name) from dw.dim_region

select segment, percentile_cont(0.5) within group (order by total) from (select c.segment, f.customer_key, sum(f.amount) as total from dw.fact_sales f join dw.dim_customer c using (customer_key) where f.sold_at >= '2024-01-01' group by 1, 2) t group by segment
