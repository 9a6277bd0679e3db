import { parentPort, workerData } from 'node:worker_threads';
import { costsOfMoves } from './move-costs.ts';
import { pricesOf } from './prices.ts';
import type { Question } from './questions.ts';

const question = workerData as Question;
parentPort?.postMessage(
  question.kind === 'prices' ? await pricesOf(question.task) : costsOfMoves(question.task),
);
