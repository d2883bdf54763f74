/**
 * Metrics of query monitoring rules with the values that they take.
 * Source: https://docs.aws.amazon.com/redshift/latest/dg/cm-c-wlm-query-monitoring-rules.html
 */
export const metrics: Readonly<Record<string, { readonly most: number; readonly unit: string }>> = {
  query_cpu_time: { most: 999_999, unit: 'seconds' },
  query_blocks_read: { most: 1_048_575, unit: 'MB blocks' },
  scan_row_count: { most: 999_999_999_999_999, unit: 'rows' },
  query_execution_time: { most: 86_399, unit: 'seconds' },
  query_queue_time: { most: 86_399, unit: 'seconds' },
  query_cpu_usage_percent: { most: 6399, unit: 'percent' },
  query_temp_blocks_to_disk: { most: 319_815_679, unit: 'MB blocks' },
  cpu_skew: { most: 99, unit: '' },
  io_skew: { most: 99, unit: '' },
  join_row_count: { most: 999_999_999_999_999, unit: 'rows' },
  nested_loop_join_row_count: { most: 999_999_999_999_999, unit: 'rows' },
  return_row_count: { most: 999_999_999_999_999, unit: 'rows' },
  segment_execution_time: { most: 86_388, unit: 'seconds' },
  spectrum_scan_row_count: { most: 999_999_999_999_999, unit: 'rows' },
  spectrum_scan_size_mb: { most: 999_999_999_999_999, unit: 'MB' },
};
