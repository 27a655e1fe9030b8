// Programs that end before they listen: `node ends-at-once.mjs BEHAVIOUR`.
const behaviours = {
  'imports-what-is-not-installed': () => import('almanac-client'),
  'needs-more-memory': () => {
    const kept = [];
    for (;;) kept.push(Array.from({ length: 100_000 }, () => ({})));
  },
};
await behaviours[process.argv[2]]();
