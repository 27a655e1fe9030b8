/** The value that comes up most often; of several the first. */
export function mostCommon<T>(values: readonly T[], keyOf: (value: T) => string = String): T | undefined {
  const counts = new Map<string, { value: T; count: number }>();
  for (const value of values) {
    const key = keyOf(value);
    counts.set(key, { value: counts.get(key)?.value ?? value, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].reduce<{ value?: T; count: number }>(
    (best, one) => (one.count > best.count ? one : best),
    {
      count: 0,
    },
  ).value;
}
