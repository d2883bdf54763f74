import { tokensOf } from './lexer';
import { errorAt } from './queryError';

// What DuckDB runs with Athena's meaning, by its own name, a macro or a rewrite.
const mapped = new Set(
  `abs acos all_match any_match any_value approx_distinct approx_percentile arbitrary array_agg array_average array_distinct array_except
  array_intersect array_join array_max array_min array_position array_remove array_sort array_sum array_union arrays_overlap asin atan atan2 avg
  bit_count bitwise_and bitwise_and_agg bitwise_left_shift bitwise_not bitwise_or bitwise_or_agg bitwise_right_shift bitwise_xor
  bool_and bool_or cardinality cast cbrt ceil ceiling checksum chr coalesce codepoint concat concat_ws contains corr cos cosh count count_if
  covar_pop covar_samp cume_dist current_date current_time current_timestamp date date_add date_diff date_format date_parse date_trunc day
  day_of_month day_of_week day_of_year degrees dense_rank dow doy e element_at every exp extract filter first_value flatten floor format
  format_datetime from_base64 from_hex from_iso8601_date from_iso8601_timestamp from_unixtime from_utf8 geometric_mean greatest
  grouping hamming_distance histogram hour if infinity is_finite is_infinite is_json_scalar is_nan json_array_contains json_array_get
  json_array_length json_extract json_extract_scalar json_format json_parse json_size kurtosis lag last_day_of_month last_value lead least
  length levenshtein_distance listagg ln localtimestamp log log10 log2 lower lpad ltrim map map_agg map_concat map_entries map_from_entries map_keys
  map_values max max_by md5 millisecond min min_by minute mod month multimap_agg nan none_match now nth_value ntile nullif
  parse_datetime percent_rank pi pow power quarter radians rand random rank reduce regexp_count regexp_extract regexp_extract_all regexp_like
  regexp_replace regexp_split repeat replace reverse round row row_number rpad rtrim second sequence sha1 sha256 sign sin sinh skewness slice
  split split_part split_to_map sqrt starts_with stddev stddev_pop stddev_samp strpos substr substring sum tan tanh to_base64 to_base64url to_hex
  to_iso8601 to_unixtime to_utf8 transform translate trim truncate try try_cast typeof unnest upper url_extract_fragment url_extract_host
  url_extract_parameter url_extract_path url_extract_protocol url_extract_query uuid var_pop var_samp variance week week_of_year width_bucket
  year year_of_week yow zip array`.split(/\s+/),
);

// What Athena has and the lake does not: https://trino.io/docs/current/functions.html
const known = new Set(
  `all_match approx_most_frequent approx_set bar beta_cdf bing_tile bing_tile_at char2hexint color combinations convex_hull_agg cosine_similarity crc32
  current_timezone date_add_months empty_approx_set evaluate_classifier_predictions from_base from_big_endian_32 from_big_endian_64
  from_encoded_polyline from_geojson_geometry from_ieee754_32 from_ieee754_64 from_iso8601_timestamp_nanos geometry_union great_circle_distance
  hash_counts hmac_md5 hmac_sha1 hmac_sha256 hmac_sha512 human_readable_seconds index intersection_cardinality inverse_beta_cdf inverse_normal_cdf
  jaccard_index json_array json_exists json_object json_query json_value map_filter map_union map_zip_with merge ngrams normal_cdf normalize
  numeric_histogram objectid_timestamp parse_data_size parse_duration parse_presto_data_size qdigest_agg quantile_at_value reduce_agg regexp_position
  regr_intercept regr_slope render rgb sha512 shuffle soundex spooky_hash_v2_32 spooky_hash_v2_64 st_area st_contains st_distance st_point st_polygon
  tdigest_agg timezone_hour timezone_minute to_base to_big_endian_32 to_big_endian_64 to_char to_date to_geometry to_ieee754_32 to_milliseconds
  to_timestamp transform_keys transform_values trim_array try_function url_decode url_encode value_at_quantile wilson_interval_lower
  wilson_interval_upper with_timezone word_stem xxhash64 zip_with array_frequency contains_sequence multimap_from_entries split_to_multimap at_timezone`.split(
    /\s+/,
  ),
);

// Words that stand before a parenthesis without being functions.
const keywords = new Set(
  `and any all as between by case cube date else escape except exists from group grouping having in intersect interval is join lateral like not on or
  order over partition range recursive rollup rows select sets some then timestamp time union using values varchar char decimal when where with within
  filter double integer bigint int if limit offset ordinality tablesample bernoulli system varbinary json boolean real smallint tinyint unload insert into`.split(
    /\s+/,
  ),
);

/**
 * Fails for the first function that Athena does not have, or that the lake has no equivalent for: another engine's function
 * of that name would give an answer that Athena never gives.
 */
export function refuseUnknownFunctions(sql: string): void {
  const tokens = tokensOf(sql);
  tokens.forEach((token, at) => {
    if (token.kind !== 'word' || tokens[at + 1]?.text !== '(') return;
    const before = tokens[at - 1];
    // A column list: `t (a, b)`, `as t(a)`, `with t(a) as`.
    if (mapped.has(token.value) || keywords.has(token.value) || namesColumns(tokens, at)) return;
    const place = { sql, offset: token.start };
    if (before?.text === '.') return;
    if (known.has(token.value))
      throw errorAt('NOT_SUPPORTED', place, `Function '${token.value}' is not supported by the local lake`);
    throw errorAt('FUNCTION_NOT_FOUND', place, `Function '${token.value}' not registered`);
  });
}

function namesColumns(tokens: ReturnType<typeof tokensOf>, at: number): boolean {
  const before = tokens[at - 1]?.value;
  if (
    before === 'as' ||
    before === 'recursive' ||
    before === 'into' ||
    before === ')' ||
    before === 'with' ||
    before === 'ordinality'
  )
    return true;
  let depth = 0;
  for (let next = at + 1; next < tokens.length; next++) {
    if (tokens[next]?.text === '(') depth++;
    if (tokens[next]?.text === ')' && --depth === 0)
      return before === ',' && tokens[next + 1]?.value === 'as' && tokens[next + 2]?.text === '(';
  }
  return false;
}
