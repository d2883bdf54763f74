/** Deterministic Athena SQL of about so many lines, as people write it: no two statements are the same. */
export function athenaLines(lines: number): string {
  const statements: string[] = [];
  for (let made = 0, number = 0; made < lines; number += 1) {
    const text = shapes[number % shapes.length]?.(number) ?? '';
    statements.push(text);
    made += text.split('\n').length;
  }
  return statements.join('\n');
}

const shapes: readonly ((number: number) => string)[] = [
  (number) => `SELECT customer_id, sum(amount) AS total_${number}
FROM customer_transactions
WHERE year = ${2020 + (number % 5)} AND month IN (${(number % 11) + 1}, ${(number % 11) + 2})
  AND amount > ${number}
GROUP BY customer_id
HAVING sum(amount) > ${number * 10}
ORDER BY total_${number} DESC
LIMIT ${(number % 90) + 10};`,
  (number) => `WITH recent_${number} AS (
  SELECT account_id, max(amount) AS largest, count(*) AS transfers
  FROM customer_transactions
  WHERE year = 2024 AND month = ${(number % 12) + 1}
  GROUP BY account_id
)
SELECT a.account_id, a.branch_id, r.largest
FROM accounts AS a
JOIN recent_${number} AS r ON r.account_id = a.account_id
WHERE r.transfers > ${number % 7}
ORDER BY r.largest DESC;`,
  (number) => `SELECT branch_id,
  CASE WHEN amount >= ${number} THEN 'large' ELSE 'small' END AS size_class,
  row_number() OVER (PARTITION BY branch_id ORDER BY amount DESC) AS place
FROM customer_transactions
WHERE year = 2024 AND day BETWEEN ${(number % 20) + 1} AND ${(number % 20) + 8};`,
  (number) => `SELECT *
FROM customer_transactions
WHERE amount > ${number};`,
];
