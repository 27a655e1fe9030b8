import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: ['test/support/bundle-once.ts'],
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // Suites start real servers and real Git processes; two cores are the machine to plan for.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});
