const units = ['B', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB'];

/** `1.2 GB`: as AWS bills and shows them, 1 KB = 1,024 bytes. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (Number(rounded(value)) >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${grouped(rounded(value))} ${units[unit] ?? ''}`;
}

/** `2,000,000`. */
export function formatCount(count: number): string {
  return grouped(String(Math.round(count)));
}

/** `340 ms`, `3.4 s`, `40 s`, `11 min`, `2 h 14 min`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 59_500) return `${rounded(ms / 1000)} s`;
  const minutes = Math.round(ms / 60_000);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}

/** `$0.002`, `$0.43`, `$20.50`; never shows as zero what costs something. */
export function formatUsd(usd: number): string {
  if (usd === 0) return '$0';
  if (usd < 0.0005) return '<$0.001';
  if (usd < 0.1) return `$${Number(usd.toFixed(3))}`;
  return `$${grouped(usd.toFixed(2))}`;
}

/** Two figures below ten, whole numbers above. */
function rounded(value: number): string {
  return value < 9.95 ? String(Number(value.toFixed(1))) : value.toFixed(0);
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',');
}
