import type { Python } from '../python.ts';
import { lockRequirements } from './lock-requirements.ts';
import { syntaxProblem } from './syntax-problem.ts';

export const realPython: Python = { syntaxProblem, lockRequirements };
